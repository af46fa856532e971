using System.Globalization;
using AkiDb.Contracts;
using AkiDb.Infra.Components.Kubernetes;
using Pulumi;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Rbac.V1;
using K8s = Pulumi.Kubernetes;

namespace AkiDb.Infra.Components.Workloads;

/// <summary>Settings of <see cref="PredictiveScaling"/>.</summary>
public sealed class PredictiveScalingArgs : ResourceArgs
{
    /// <summary>What the cluster's workloads have in common.</summary>
    public required WorkloadSettings Settings { get; init; }

    /// <summary>Fewest readers, at least 1.</summary>
    public required int MinReplicas { get; init; }

    /// <summary>Most readers, at most 100.</summary>
    public required int MaxReplicas { get; init; }
}

/// <summary>
/// The predictive autoscaler: it sets the readers' number from the forecast, and never below what current traffic needs. That
/// reactive floor is its own, so that no HPA and no metrics adapter is declared: two controllers of one number would fight.
/// </summary>
/// <remarks>Two pods, one of which leads by a Lease. It may read and set the scale of one Deployment, and nothing else.</remarks>
public sealed class PredictiveScaling : ComponentResource
{
    private const string App = ServiceNames.PredictiveAutoscaler;

    /// <summary>Declares the autoscaler, its off switch and its rights.</summary>
    /// <exception cref="ArgumentException">Replicas out of range.</exception>
    public PredictiveScaling(string name, PredictiveScalingArgs args, ComponentResourceOptions? options = null)
        : base("akidb:workloads:PredictiveScaling", name, args, options)
    {
        var component = $"PredictiveScaling '{name}'";
        ComponentArgument.InRange(component, nameof(args.MinReplicas), args.MinReplicas, 1, 100);
        ComponentArgument.InRange(component, nameof(args.MaxReplicas), args.MaxReplicas, args.MinReplicas, 100);

        var parts = new WorkloadParts(this, name, args.Settings.After);
        parts.Account(App);
        parts.Rights(App,
            Rule("apps", "deployments/scale", ["get", "patch"], ServiceNames.SearchEngine),
            Rule("apps", "deployments", ["get"], ServiceNames.SearchEngine),
            Rule("", "configmaps", ["get", "watch"], App),
            Rule("coordination.k8s.io", "leases", ["get", "update", "patch"], App),
            // These two cannot be narrowed by name: what is created has none yet.
            Rule("coordination.k8s.io", "leases", ["create"]),
            Rule("events.k8s.io", "events", ["create", "patch"]));
        CreateSwitch(name, args, parts.Options);
        parts.Deployment(new ServicePod
        {
            App = App,
            Image = args.Settings.Images[ImageNames.Predictor],
            Arguments = ["autoscale", "--prometheus", MonitoringNames.PrometheusUrl],
            Cpu = "100m",
            Memory = "256Mi",
            PriorityClass = WorkloadNamespace.Serving,
            TraceEndpoint = args.Settings.TraceEndpoint,
            CallsKubernetes = true,
        }, replicas: 2);
        parts.DisruptionBudget(App);
        parts.Paths(App, new NetworkPaths
        {
            To = [(ServiceNames.TrafficPredictor, ServiceEndpoints.Port)],
            ToKubernetes = true,
            ToPrometheus = true,
            ToCollectors = args.Settings.TraceEndpoint is not null,
        });
        RegisterOutputs();
    }

    // The runbook that distrusts the forecast sets "enabled" to "false"; `pulumi up` must not switch it back on.
    private static void CreateSwitch(string name, PredictiveScalingArgs args, CustomResourceOptions options)
    {
        options.IgnoreChanges = [$"data.{ScalingSwitchKeys.Enabled}"];
        _ = new K8s.Core.V1.ConfigMap($"{name}-switch", new ConfigMapArgs
        {
            Metadata = ObjectMetadata.InAkiDb(App),
            Data =
            {
                [ScalingSwitchKeys.Enabled] = "true",
                [ScalingSwitchKeys.MinReplicas] = args.MinReplicas.ToString(CultureInfo.InvariantCulture),
                [ScalingSwitchKeys.MaxReplicas] = args.MaxReplicas.ToString(CultureInfo.InvariantCulture),
            },
        }, options);
    }

    private static PolicyRuleArgs Rule(string group, string resource, string[] verbs, string? name = null)
    {
        var rule = new PolicyRuleArgs { ApiGroups = { group }, Resources = { resource }, Verbs = verbs };
        if (name is not null)
            rule.ResourceNames.Add(name);
        return rule;
    }
}
