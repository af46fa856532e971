using AkiDb.Infra.Costs.Capacity;
using AkiDb.Infra.Costs.Estimates;
using AkiDb.Infra.Plan;

namespace AkiDb.Infra.Costs.Charges;

/// <summary>EKS, its fixed node groups, and what Kubernetes objects make AWS create. Karpenter's nodes are simulated instead.</summary>
internal static class ClusterCharges
{
    // EKS' default where neither the node group nor a launch template says.
    private const decimal DefaultDiskGiB = 20;

    public static void Register(ChargeCatalogue catalogue)
    {
        catalogue.Add("aws:eks/cluster:Cluster", (cluster, _) =>
        [
            Charge.Hourly("Control plane", "eks.cluster.standard") with
            {
                Note = cluster.Text("upgradePolicy.supportType") == "EXTENDED" ? "six times as much once the version has left standard support" : null,
            },
        ]);
        catalogue.Add("aws:eks/nodeGroup:NodeGroup", NodeGroup);
        catalogue.Add("kubernetes:core/v1:Service", Service);
        catalogue.Add("kubernetes:networking.k8s.io/v1:Ingress", Ingress);
        catalogue.Add("kubernetes:core/v1:PersistentVolumeClaim", (claim, _) => [Volume("Volume", Quantities.GiB(claim.Input("spec.resources.requests.storage")), 1)]);
        catalogue.Add("kubernetes:apps/v1:StatefulSet", StatefulSet);
        catalogue.Add(ReleaseContents.Type, (release, _) => ReleaseContents.Of(release).Volumes
            .Select(volume => Volume($"Volume of {volume.Name}", volume.Gib, volume.Replicas)));
        catalogue.AddElsewhere("kubernetes:karpenter.sh/v1:NodePool", "its nodes stand under 'capacity'");
        catalogue.AddElsewhere("kubernetes:karpenter.k8s.aws/v1:EC2NodeClass", "its nodes' volumes stand under 'capacity'");
    }

    private static IEnumerable<Charge> NodeGroup(PlannedResource group, ChargeContext context)
    {
        var type = group.Items("instanceTypes").Select(item => (item as AkiDb.Infra.Plan.Values.TextValue)?.Value).FirstOrDefault() ?? "t3.medium";
        var nodes = group.Number("scalingConfig.desiredSize") ?? group.Number("scalingConfig.minSize");
        yield return new Charge($"{nodes:0} × {type}, on demand", $"ec2.onDemand.{type}", nodes * BillingMonth.Hours)
        {
            UsageKey = "scalingConfig.desiredSize",
            Note = group.Text("capacityType") == "SPOT" ? "a spot group, shown at the on-demand price" : null,
        };
        var disk = group.Number("diskSize") ?? RootVolumeOf(group, context) ?? DefaultDiskGiB;
        yield return new Charge("Root volumes, gp3", "ebs.gp3.gb", nodes * disk) { UsageKey = "scalingConfig.desiredSize" };
    }

    private static decimal? RootVolumeOf(PlannedResource group, ChargeContext context) => context
        .DependenciesOf(group, "aws:ec2/launchTemplate:LaunchTemplate")
        .SelectMany(template => template.Items("blockDeviceMappings"))
        .Select(mapping => mapping.NumberAt("ebs.volumeSize")).FirstOrDefault(size => size is not null);

    private static IEnumerable<Charge> Service(PlannedResource service, ChargeContext context) =>
        service.Text("spec.type") == "LoadBalancer" ? NetworkCharges.Balancer(context, "Network", "nlb", "nlcu") : [];

    private static IEnumerable<Charge> Ingress(PlannedResource ingress, ChargeContext context) =>
        ingress.Text("spec.ingressClassName") == "alb" ? NetworkCharges.Balancer(context, "Application", "alb", "lcu") : [];

    private static IEnumerable<Charge> StatefulSet(PlannedResource set, ChargeContext context) => set.Items("spec.volumeClaimTemplates")
        .Select(claim => Volume($"Volume {claim.TextAt("metadata.name")}", Quantities.GiB(claim.At("spec.resources.requests.storage")), set.Number("spec.replicas") ?? 1));

    private static Charge Volume(string name, decimal? gib, decimal replicas) => new($"{name}, gp3", "ebs.gp3.gb", gib * replicas)
    {
        UsageKey = "spec.resources.requests.storage",
    };
}
