using System.Collections.Immutable;
using AkiDb.Contracts;
using AkiDb.Infra.Components.Kubernetes;
using Pulumi;
using Pulumi.Kubernetes.Types.Inputs.Helm.V3;
using K8s = Pulumi.Kubernetes;

namespace AkiDb.Infra.Components.Autoscaling;

/// <summary>Settings of <see cref="RightSizing"/>.</summary>
public sealed class RightSizingArgs : ResourceArgs
{
    /// <summary>Nodes that the recommender runs on.</summary>
    public required ImmutableArray<Resource> After { get; init; }
}

/// <summary>
/// The Vertical Pod Autoscaler, and its object for the search engine: requests follow use, in place where Kubernetes can.
/// Nothing else scales the same pods by CPU or memory: the predictive autoscaler goes by requests a second.
/// </summary>
public sealed class RightSizing : ComponentResource
{
    /// <summary>Chart of kubernetes/autoscaler; app 1.7.1 (2026-08).</summary>
    public const string ChartVersion = "0.11.0";

    /// <summary>Declares chart and object.</summary>
    public RightSizing(string name, RightSizingArgs args, ComponentResourceOptions? options = null)
        : base("akidb:autoscaling:RightSizing", name, args, options)
    {
        var chart = new K8s.Helm.V3.Release($"{name}-chart", new ReleaseArgs
        {
            Name = "vertical-pod-autoscaler",
            Namespace = "kube-system",
            Chart = "vertical-pod-autoscaler",
            Version = ChartVersion,
            RepositoryOpts = new RepositoryOptsArgs { Repo = "https://kubernetes.github.io/autoscaler" },
            Atomic = true,
            Values =
            {
                ["recommender"] = new Dictionary<string, object>
                {
                    // The specification's rule: the 90th percentile and 15 % more. Seven days: the histogram of CPU halves its
                    // weight every day, memory keeps one peak a day.
                    ["extraArgs"] = new Dictionary<string, object>
                    {
                        ["target-cpu-percentile"] = "0.9",
                        ["target-memory-percentile"] = "0.9",
                        ["recommendation-margin-fraction"] = "0.15",
                        ["memory-aggregation-interval-count"] = "7",
                    },
                },
            },
        }, new CustomResourceOptions { Parent = this, DependsOn = args.After.ToList() });
        _ = new CustomObject($"{name}-search-engine", new CustomObjectArgs("autoscaling.k8s.io/v1", "VerticalPodAutoscaler")
        {
            Metadata = ObjectMetadata.InAkiDb(ServiceNames.SearchEngine),
            Spec = new Dictionary<string, object>
            {
                ["targetRef"] = new Dictionary<string, object>
                {
                    ["apiVersion"] = "apps/v1",
                    ["kind"] = "Deployment",
                    ["name"] = ServiceNames.SearchEngine,
                },
                // "Auto" is deprecated; this one falls back to a restart where a resize in place is not possible.
                ["updatePolicy"] = new Dictionary<string, object> { ["updateMode"] = "InPlaceOrRecreate", ["minReplicas"] = 2 },
                ["resourcePolicy"] = new Dictionary<string, object>
                {
                    ["containerPolicies"] = new[]
                    {
                        new Dictionary<string, object>
                        {
                            ["containerName"] = ServiceNames.SearchEngine,
                            ["controlledResources"] = new[] { "cpu", "memory" },
                            ["minAllowed"] = new Dictionary<string, object> { ["cpu"] = "250m", ["memory"] = "512Mi" },
                            ["maxAllowed"] = new Dictionary<string, object> { ["cpu"] = "2000m", ["memory"] = "8Gi" },
                        },
                    },
                },
            },
        }, new CustomResourceOptions { Parent = this, DependsOn = { chart } });
        RegisterOutputs();
    }
}
