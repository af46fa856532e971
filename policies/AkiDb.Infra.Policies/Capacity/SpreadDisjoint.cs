namespace AkiDb.Infra.Policies.Capacity;

/// <summary>Every capacity domain belongs to one kind of capacity.</summary>
internal sealed class SpreadDisjoint : StackRule
{
    public override RuleAbout About { get; } = new("capacity-spread-disjoint", Severity.High,
        title: "Spot and on-demand pools share no capacity-spread domain",
        why: "In a shared domain Karpenter always takes spot, so the on-demand share is less than the numbers say.",
        fix: "Give every pool of a cluster its own values of the capacity-spread label.");

    protected override IEnumerable<Finding?> Judge(PlanView plan) => NodePool.All(plan).GroupBy(pool => pool.Resource.Provider).SelectMany(cluster => cluster.Select((pool, index) =>
    {
        var shared = cluster.Take(index).SelectMany(other => other.SpreadDomains).Intersect(pool.SpreadDomains).ToList();
        return pool.Resource.Must(pool.Requirements is null ? Truth.Unknown : TruthLogic.Of(shared.Count == 0), NodePool.RequirementsPath,
            $"{string.Join(", ", shared)} also in another pool", "values of its own");
    }));
}
