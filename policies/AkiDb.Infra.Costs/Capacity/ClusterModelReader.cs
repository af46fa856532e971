using System.Collections.Immutable;
using System.Globalization;
using AkiDb.Contracts;
using AkiDb.Infra.Costs.Charges;
using AkiDb.Infra.Costs.Usage;
using AkiDb.Infra.Plan;
using AkiDb.Infra.Plan.Values;

namespace AkiDb.Infra.Costs.Capacity;

/// <summary>Reads the clusters of a plan: pools, groups, workloads. What the plan does not say comes from usage, with a note.</summary>
internal sealed class ClusterModelReader(StackPlan plan, UsageProfile usage)
{
    /// <summary>The label that holds the spot share; the key of Karpenter's documentation ("On-Demand/Spot Ratio Split").</summary>
    public const string SpreadLabel = "capacity-spread";

    private const string NodePoolType = "kubernetes:karpenter.sh/v1:NodePool";
    private const string NodeGroupType = "aws:eks/nodeGroup:NodeGroup";
    private const string NamespaceOfAddons = "kube-system";

    // What the controllers of a cluster request together, two replicas each: Karpenter 1 core and 1 GiB (its own guide),
    // CoreDNS 100m/70Mi, metrics-server 100m/200Mi, EBS CSI controller 60m/240Mi (defaults of the EKS add-ons).
    private static readonly ImmutableArray<PodSize> ControllerPods =
        [new(1000, 1024), new(1000, 1024), new(100, 70), new(100, 70), new(100, 200), new(100, 200), new(60, 240), new(60, 240)];

    /// <summary>The cluster of a region.</summary>
    public ClusterModel Read(string region)
    {
        var notes = ImmutableArray.CreateBuilder<string>();
        var pools = In(region, NodePoolType).Select(ReadPool).ToImmutableArray();
        var groups = In(region, NodeGroupType).SelectMany(ReadGroup).ToImmutableArray();
        if (pools.IsEmpty)
        {
            pools = [AssumedPool];
            notes.Add("the plan declares no NodePool: on-demand c, m and r Graviton nodes of large to 2xlarge are assumed");
        }

        var domains = pools.SelectMany(pool => pool.Domains).Any(domain => domain.Length > 0);
        return new ClusterModel
        {
            Region = region,
            Pools = pools,
            Groups = groups,
            Workloads = [.. Workloads(region, groups, domains, notes)],
            DaemonSets = DaemonSets(region),
            VolumeGiB = In(region, "kubernetes:karpenter.k8s.aws/v1:EC2NodeClass").SelectMany(found => found.Items("spec.blockDeviceMappings"))
                .Select(mapping => Quantities.GiB(mapping.At("ebs.volumeSize"))).FirstOrDefault(size => size is not null) ?? 20,
            Windows = [.. In(region, NodePoolType).SelectMany(pool => pool.Items("spec.disruption.budgets")).Select(DisruptionWindow.Of).OfType<DisruptionWindow>().Distinct()],
            ConsolidateMinutes = (int)usage.Number("capacity.consolidateMinutes", 1),
            Notes = notes.ToImmutable(),
        };
    }

    private static NodePool AssumedPool { get; } = new()
    {
        Name = "assumed",
        Requirements =
        [
            new Requirement("karpenter.k8s.aws/instance-category", "In", ["c", "m", "r"]),
            new Requirement("karpenter.k8s.aws/instance-size", "In", ["large", "xlarge", "2xlarge"]),
            new Requirement("karpenter.k8s.aws/instance-generation", "Lt", ["8"]),
            new Requirement("karpenter.k8s.aws/instance-family", "NotIn", ["c6gn", "c7gn"]),
        ],
    };

    private IEnumerable<PlannedResource> In(string region, string type) => plan.OfType(type).Where(resource => resource.Region == region);

    private static NodePool ReadPool(PlannedResource pool)
    {
        var requirements = pool.Items("spec.template.spec.requirements").Select(entry => new Requirement(
            entry.TextAt("key") ?? "", entry.TextAt("operator") ?? "In", [.. entry.At("values").Items().OfType<TextValue>().Select(value => value.Value)])).ToImmutableArray();
        var domains = requirements.FirstOrDefault(requirement => requirement.Key == SpreadLabel)?.Values
            ?? (pool.Input("spec.template.metadata.labels") is MapValue labels && labels.Entries.GetValueOrDefault(SpreadLabel) is TextValue label ? [label.Value] : []);
        return new NodePool
        {
            Name = pool.Text("metadata.name") ?? pool.Name,
            Requirements = requirements,
            Domains = domains.IsEmpty ? [""] : domains,
            Weight = (int)(pool.Number("spec.weight") ?? 0),
            CpuLimit = Quantities.Base(pool.Input("spec.limits.cpu")),
        };
    }

    private static IEnumerable<(InstanceType, string)> ReadGroup(PlannedResource group)
    {
        var name = group.Items("instanceTypes").OfType<TextValue>().Select(type => type.Value).FirstOrDefault();
        var domain = group.Input("labels") is MapValue labels && labels.Entries.GetValueOrDefault(SpreadLabel) is TextValue label ? label.Value : "";
        return InstanceType.All.FirstOrDefault(type => type.Name == name) is { } known
            ? Enumerable.Repeat((known, domain), (int)(group.Number("scalingConfig.desiredSize") ?? group.Number("scalingConfig.minSize") ?? 0))
            : [];
    }

    private IEnumerable<Workload> Workloads(string region, ImmutableArray<(InstanceType Type, string Domain)> groups, bool spreads, ImmutableArray<string>.Builder notes)
    {
        foreach (var (size, index) in ControllerPods.Select((size, index) => (size, index)))
        {
            var domains = groups.Select(node => node.Domain).Where(domain => domain.Length > 0).Distinct().ToImmutableArray();
            yield return new Workload(FormattableString.Invariant($"{NamespaceOfAddons}-{index}"), new Pod(NamespaceOfAddons, size) { OnlyDomains = domains }, 1);
        }

        foreach (var (release, size, replicas) in In(region, ReleaseContents.Type).Where(IsMonitoring)
            .SelectMany(release => ReleaseContents.Of(release).Pods.Select((pod, index) => ($"{release.Name}-{index}", pod.Size, pod.Replicas))))
        {
            yield return new Workload(release, new Pod(release, size) { OnlyDomains = [.. groups.Select(node => node.Domain).Where(domain => domain.Length > 0).Distinct()] }, replicas);
        }

        var declared = plan.Resources.Where(resource => resource.Region == region
            && resource.Type is "kubernetes:apps/v1:Deployment" or "kubernetes:apps/v1:StatefulSet" && resource.Region == region).ToList();
        foreach (var resource in declared)
            yield return ReadWorkload(resource, groups) with { MaxReplicas = MostReplicas(region) };
        if (declared.Exists(resource => AppOf(resource) == ServiceNames.SearchEngine))
            yield break;

        var pod = new PodSize((int)usage.Number("capacity.podMillicores", 500), (int)usage.Number("capacity.podMiB", 2048));
        notes.Add(FormattableString.Invariant($"the plan declares no Deployment {ServiceNames.SearchEngine}: pods of {pod.Millicores}m and {pod.MiB} MiB are assumed"));
        yield return new Workload(ServiceNames.SearchEngine, new Pod(ServiceNames.SearchEngine, pod) { Spreads = spreads }, ReplicaRule.Default.MinReplicas) { IsScaled = true };
    }

    private static Workload ReadWorkload(PlannedResource resource, ImmutableArray<(InstanceType Type, string Domain)> groups)
    {
        var app = AppOf(resource);
        var spec = resource.Input("spec.template.spec");
        var only = spec?.At("affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms[0].matchExpressions").Items()
            .Where(expression => expression.TextAt("key") == SpreadLabel).SelectMany(expression => expression.At("values").Items())
            .OfType<TextValue>().Select(value => value.Value).ToImmutableArray() ?? [];
        // Pods that ask for a managed group's nodes by its pool label.
        if (only.IsEmpty && spec?.At("nodeSelector") is MapValue selector && selector.Entries.Values.OfType<TextValue>().Any(value => value.Value == "baseline"))
            only = [.. groups.Select(node => node.Domain).Distinct()];
        var pod = new Pod(app, SizeOf(spec))
        {
            Spreads = spec?.At("topologySpreadConstraints").Items().Any(constraint => constraint.TextAt("topologyKey") == SpreadLabel) == true,
            OnlyDomains = only,
        };
        return new Workload(app, pod, (int)(resource.Number("spec.replicas") ?? (app == ServiceNames.SearchEngine ? ReplicaRule.Default.MinReplicas : 1)))
        {
            IsScaled = app == ServiceNames.SearchEngine,
        };
    }

    // The bound that the autoscaler reads; PredictiveScaling declares it.
    private int MostReplicas(string region) => In(region, "kubernetes:core/v1:ConfigMap")
        .Where(map => AppOf(map) == ServiceNames.PredictiveAutoscaler)
        .Select(map => map.Text("data.maxReplicas"))
        .Select(most => int.TryParse(most, NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : (int?)null)
        .FirstOrDefault(count => count is not null) ?? ReplicaRule.Default.MaxReplicas;

    private static PodSize SizeOf(PlanValue? podSpec) => podSpec?.At("containers").Items()
        .Select(container => new PodSize(
            Quantities.Millicores(container.At("resources.requests.cpu")) ?? 0,
            Quantities.MiB(container.At("resources.requests.memory")) ?? 0))
        .Aggregate(default(PodSize), (sum, size) => sum + size) ?? default;

    private PodSize DaemonSets(string region) => In(region, "kubernetes:apps/v1:DaemonSet")
        .Select(set => SizeOf(set.Input("spec.template.spec")))
        .Concat(In(region, ReleaseContents.Type).Select(release => ReleaseContents.Of(release).Daemons))
        // aws-node 50m, kube-proxy 100m, ebs-csi-node 30m/120Mi, node monitoring 10m/30Mi: defaults of the EKS add-ons.
        .Aggregate(new PodSize((int)usage.Number("capacity.systemMillicores", 190), (int)usage.Number("capacity.systemMiB", 150)), (sum, size) => sum + size);

    // Karpenter's release stands in kube-system, among the controllers.
    private static bool IsMonitoring(PlannedResource release) => release.Text("namespace") != NamespaceOfAddons;

    private static string AppOf(PlannedResource resource) => resource.Text("metadata.name") ?? resource.Name;
}
