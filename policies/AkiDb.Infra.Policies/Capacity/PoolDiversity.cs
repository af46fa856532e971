using AkiDb.Infra.Plan;
using AkiDb.Infra.Policies.Compute;

namespace AkiDb.Infra.Policies.Capacity;

/// <summary>Spot pools have many types to choose from.</summary>
internal sealed class PoolDiversity() : ResourceRule(NodeClass.PoolToken)
{
    private const int Least = 10;

    public override RuleAbout About { get; } = new("nodepool-instance-diversity", Severity.High,
        title: "Spot pools leave ten instance types or more after all requirements together",
        why: "Each type in each zone is a pool of spot capacity that can dry up; requirements that look generous by themselves can leave six types together.",
        fix: "Name more families and sizes, or drop instance-generation and instance-type lists that exclude each other.");

    protected override IEnumerable<Finding?> Check(PlannedResource resource)
    {
        var pool = NodePool.Read(resource);
        if (pool.Requirements is null)
            return [new NotApplicableYet(resource, NodePool.RequirementsPath)];
        return !pool.AllowsSpot || PoolChoice.CountOf(pool) is not { } count ? []
            : [resource.Must(TruthLogic.Of(count >= Least), NodePool.RequirementsPath, $"{count} arm64 types", $"{Least} or more")];
    }
}
