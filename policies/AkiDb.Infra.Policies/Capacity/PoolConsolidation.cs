using AkiDb.Infra.Plan;
using AkiDb.Infra.Policies.Compute;

namespace AkiDb.Infra.Policies.Capacity;

/// <summary>Spot pools have enough types for Karpenter to move to cheaper ones.</summary>
internal sealed class PoolConsolidation() : ResourceRule(NodeClass.PoolToken)
{
    // MinInstanceTypesForSpotToSpotConsolidation, kubernetes-sigs/karpenter, pkg/controllers/disruption/consolidation.go.
    private const int Least = 15;

    public override RuleAbout About { get; } = new("nodepool-spot-consolidation", Severity.Low,
        title: "Spot pools leave fifteen instance types or more",
        why: "Karpenter replaces a spot node by a cheaper one only where 15 cheaper types could take its place.",
        fix: "Name more families and sizes.",
        level: EnforcementLevel.Advisory);

    protected override IEnumerable<Finding?> Check(PlannedResource resource)
    {
        var pool = NodePool.Read(resource);
        if (pool.Requirements is null)
            return [new NotApplicableYet(resource, NodePool.RequirementsPath)];
        return !pool.AllowsSpot || PoolChoice.CountOf(pool) is not { } count ? []
            : [resource.Must(TruthLogic.Of(count >= Least), NodePool.RequirementsPath, $"{count} arm64 types", $"{Least} or more")];
    }
}
