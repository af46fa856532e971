using System.Collections.Immutable;
using AkiDb.Contracts;
using AkiDb.Infra.Components.Identity;
using AkiDb.Infra.Components.Kubernetes;
using Pulumi;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Helm.V3;
using Pulumi.Kubernetes.Types.Inputs.Meta.V1;
using K8s = Pulumi.Kubernetes;

namespace AkiDb.Infra.Components.Observability;

/// <summary>
/// Prometheus, Alertmanager, Grafana and the exporters of one cluster: kube-prometheus-stack in a namespace of its own whose
/// network is closed but for the paths that scraping, alerting and asking need.
/// </summary>
/// <remarks>Amazon Managed Prometheus was decided against: docs/observability.md has both prices.</remarks>
public sealed class Monitoring : ComponentResource
{
    /// <summary>Chart kube-prometheus-stack; operator 0.93.1, Alertmanager 0.34.0 (2026-08).</summary>
    public const string ChartVersion = "88.5.3";

    /// <summary>Chart prometheus-operator-crds of the same operator.</summary>
    public const string CrdChartVersion = "31.0.1";

    /// <summary>Name of the Helm release; Services and accounts begin with it.</summary>
    public const string ReleaseName = "kube-prometheus-stack";

    private const string Charts = "oci://ghcr.io/prometheus-community/charts";

    /// <summary>Declares namespace, network, identities, custom resources' definitions and the release.</summary>
    /// <exception cref="ArgumentException">The profile off, or a number out of range.</exception>
    public Monitoring(string name, MonitoringArgs args, ComponentResourceOptions? options = null)
        : base("akidb:observability:Monitoring", name, args, options)
    {
        var component = $"Monitoring '{name}'";
        ComponentArgument.OneOf(component, nameof(args.Profile), args.Profile, [MonitoringProfile.Small, MonitoringProfile.Standard]);
        ComponentArgument.InRange(component, nameof(args.RetentionDays), args.RetentionDays, 1, 400);
        ComponentArgument.InRange(component, nameof(args.StorageGiB), args.StorageGiB, 10, 1000);

        Space = CreateNamespace(name, args);
        var inside = new CustomResourceOptions { Parent = this, DependsOn = { Space } };
        ClosedNetwork.Create(name, MonitoringNames.Namespace, inside);
        MonitoringNetwork.Open(name, inside);
        // The CRDs are a chart of their own: Helm never updates CRDs that come with another chart.
        Definitions = CreateRelease(name, "prometheus-operator-crds", CrdChartVersion, [], inside);
        // Before the release: EKS hands credentials to a pod when the pod is made, and never later.
        var (alertmanager, alertmanagerIdentity) = CreateIdentity($"{name}-alertmanager", args, $"{ReleaseName}-alertmanager", []);
        var (_, grafanaIdentity) = CreateIdentity($"{name}-grafana", args, $"{ReleaseName}-grafana",
        [
            // CloudWatch's metrics have no ARNs: the service authorization reference allows no narrower resource (read 2026-11).
            new PolicyStatement { Sid = "ReadMetrics", Actions = ["cloudwatch:GetMetricData", "cloudwatch:ListMetrics"], Resources = { "*" } },
        ]);
        AlertmanagerRole = alertmanager.Name;
        var stack = new CustomResourceOptions { Parent = this, DependsOn = { Space, Definitions, alertmanagerIdentity, grafanaIdentity } };
        Stack = CreateRelease(name, ReleaseName, ChartVersion, MonitoringValues.Of(args), stack);
        ScrapeTargets.Create(name, new CustomResourceOptions { Parent = this, DependsOn = { Definitions, Space } });
        RegisterOutputs();
    }

    /// <summary>The namespace: what must be in it before the release waits for this.</summary>
    public Resource Space { get; }

    /// <summary>The kinds of monitoring.coreos.com: rules and monitors wait for this.</summary>
    public Resource Definitions { get; }

    /// <summary>The release: what needs Prometheus or Grafana running waits for this.</summary>
    public Resource Stack { get; }

    /// <summary>Name of the role of Alertmanager's pods, which may do nothing: who wants to be told by them adds what that takes.</summary>
    public Output<string> AlertmanagerRole { get; }

    private (PodIdentityRole Role, Resource Association) CreateIdentity(
        string name, MonitoringArgs args, string account, ImmutableArray<PolicyStatement> statements)
    {
        var role = new PodIdentityRole(name, new PodIdentityRoleArgs
        {
            AccountId = args.AccountId,
            ClusterArn = args.ClusterArn,
            Policies = statements.IsEmpty
                ? ImmutableDictionary<string, ImmutableArray<PolicyStatement>>.Empty
                : ImmutableDictionary<string, ImmutableArray<PolicyStatement>>.Empty.Add("access", statements),
        }, new ComponentResourceOptions { Parent = this });
        return (role, role.LetTake(name, args.ClusterName, MonitoringNames.Namespace, account, new CustomResourceOptions { Parent = this }));
    }

    private K8s.Core.V1.Namespace CreateNamespace(string name, MonitoringArgs args) => new(name, new NamespaceArgs
    {
        Metadata = new ObjectMetaArgs
        {
            Name = MonitoringNames.Namespace,
            Labels =
            {
                // Node exporters, which need the host, stand in kube-system; nothing here is privileged.
                ["pod-security.kubernetes.io/enforce"] = "restricted",
                ["pod-security.kubernetes.io/audit"] = "restricted",
                ["pod-security.kubernetes.io/warn"] = "restricted",
            },
        },
    }, new CustomResourceOptions { Parent = this, DependsOn = args.After.ToList() });

    private static K8s.Helm.V3.Release CreateRelease(
        string name, string chart, string version, Dictionary<string, object> values, CustomResourceOptions options)
    {
        var release = new ReleaseArgs
        {
            Name = chart,
            Namespace = MonitoringNames.Namespace,
            Chart = $"{Charts}/{chart}",
            Version = version,
            Atomic = true,
        };
        foreach (var (key, value) in values)
            release.Values.Add(key, value);
        return new K8s.Helm.V3.Release($"{name}-{chart}", release, options);
    }
}
