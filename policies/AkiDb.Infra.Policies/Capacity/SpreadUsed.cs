using AkiDb.Infra.Policies.Workloads;

namespace AkiDb.Infra.Policies.Capacity;

/// <summary>A split of capacity is used by someone.</summary>
internal sealed class SpreadUsed : StackRule
{
    public override RuleAbout About { get; } = new("capacity-spread-used", Severity.Medium,
        title: "Where pools split capacity, a workload spreads over it",
        why: "Pods without the constraint follow price: everything lands on spot, whatever the pools promise.",
        fix: "Give the query Deployments a topologySpreadConstraint on capacity-spread with minDomains.");

    protected override IEnumerable<Finding?> Judge(PlanView plan)
    {
        // Without any workload of ours (no image digest known yet) there is nothing to spread.
        var workloads = plan.OfType(Workload.Deployment, Workload.StatefulSet).ToLookup(workload => workload.Provider);
        return NodePool.All(plan).Where(pool => pool.AllowsSpot && !pool.SpreadDomains.IsEmpty && workloads[pool.Resource.Provider].Any()).Select(pool => pool.Resource.Must(
            workloads[pool.Resource.Provider].SelectMany(workload => workload.Items("spec.template.spec.topologySpreadConstraints")
                .Select(path => workload.Is($"{path}.topologyKey", Is.Text(key => key.EndsWith(SpreadMinDomains.TopologyKey, StringComparison.Ordinal))))).Any(),
            NodePool.RequirementsPath, "no workload spreads over it", "a Deployment with a spread constraint on capacity-spread"));
    }
}
