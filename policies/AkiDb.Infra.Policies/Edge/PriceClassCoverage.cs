using System.Collections.Frozen;
using AkiDb.Infra.Plan.Values;

namespace AkiDb.Infra.Policies.Edge;

/// <summary>Users near a cluster are served from near them.</summary>
internal sealed class PriceClassCoverage : StackRule
{
    private static readonly FrozenSet<string> WesternAreas = new HashSet<string> { "us", "ca", "mx", "eu", "il" }.ToFrozenSet();
    private static readonly FrozenSet<string> OnlyInAll = new HashSet<string> { "sa" }.ToFrozenSet();

    public override RuleAbout About { get; } = new("cloudfront-price-class-covers-clusters", Severity.Low,
        title: "The price class has edge locations where the clusters are",
        why: "Class 100 has locations in North America, Europe and Israel only: viewers near an Asian cluster enter the network an ocean away, some 100 to 200 ms later; it saves up to a third of the transfer price there.",
        fix: "Use PriceClass_200 (adds Asia, the Middle East and Africa) or PriceClass_All; or keep 100 and tell the users.",
        level: EnforcementLevel.Advisory);

    protected override IEnumerable<Finding?> Judge(PlanView plan)
    {
        var regions = plan.OfType("aws:eks/cluster:Cluster").Select(cluster => cluster.Region).OfType<string>().Distinct().Order(StringComparer.Ordinal).ToList();
        return plan.OfType(Distribution.Token).Select(distribution => distribution.Must("priceClass", priceClass => priceClass switch
        {
            TextValue { Value: "PriceClass_100" } => TruthLogic.Of(regions.All(region => WesternAreas.Contains(AreaOf(region)))),
            TextValue { Value: "PriceClass_200" } => TruthLogic.Of(!regions.Any(region => OnlyInAll.Contains(AreaOf(region)) || region.StartsWith("ap-southeast-2", StringComparison.Ordinal))),
            _ => Is.AbsentOr(Is.AnyOf("PriceClass_All"))(priceClass),
        }, $"a class with locations near {string.Join(", ", regions)}"));
    }

    private static string AreaOf(string region) => region.Split('-')[0];
}
