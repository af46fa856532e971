namespace AkiDb.Infra.Policies.Capacity;

/// <summary>Spot is most of the capacity, never all of it.</summary>
internal sealed class SpotShare : StackRule
{
    // The specification wants 70 %, within five points.
    private const double Most = 0.75;

    public override RuleAbout About { get; } = new("spot-share", Severity.High,
        title: "At most 75 % of a cluster's capacity domains are spot",
        why: "When a region's spot capacity goes, what is left is the on-demand share; pools without domains of their own end up all spot.",
        fix: "Give the on-demand pool at least one capacity-spread value for every three of the spot pool.");

    protected override IEnumerable<Finding?> Judge(PlanView plan) => NodePool.All(plan).GroupBy(pool => pool.Resource.Provider)
        .Where(cluster => cluster.Any(pool => pool.AllowsSpot))
        .Select(cluster =>
        {
            var spot = cluster.Where(pool => pool.AllowsSpot).Sum(pool => Math.Max(1, pool.SpreadDomains.Length));
            var all = cluster.Sum(pool => Math.Max(1, pool.SpreadDomains.Length));
            var share = (double)spot / all;
            return cluster.First(pool => pool.AllowsSpot).Resource.Must(
                cluster.Any(pool => pool.Requirements is null) ? Truth.Unknown : TruthLogic.Of(share <= Most),
                NodePool.RequirementsPath, FormattableString.Invariant($"{spot} of {all} domains are spot"), "75 % or less");
        });
}
