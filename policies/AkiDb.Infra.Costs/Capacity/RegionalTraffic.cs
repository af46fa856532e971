using System.Collections.Immutable;
using AkiDb.Infra.Costs.Usage;

namespace AkiDb.Infra.Costs.Capacity;

/// <summary>Which region's cluster answers which users: the nearest that the plan has, as latency routing sends them.</summary>
internal static class RegionalTraffic
{
    // By distance; India reaches Frankfurt a little faster than Tokyo.
    private static readonly ImmutableDictionary<string, ImmutableArray<string>> Nearest = new Dictionary<string, ImmutableArray<string>>
    {
        ["northAmerica"] = ["us-east-1", "eu-central-1", "ap-northeast-1"],
        ["southAmerica"] = ["us-east-1", "eu-central-1", "ap-northeast-1"],
        ["europe"] = ["eu-central-1", "us-east-1", "ap-northeast-1"],
        ["middleEastAfrica"] = ["eu-central-1", "us-east-1", "ap-northeast-1"],
        ["india"] = ["eu-central-1", "ap-northeast-1", "us-east-1"],
        ["asiaPacific"] = ["ap-northeast-1", "us-east-1", "eu-central-1"],
        ["japan"] = ["ap-northeast-1", "us-east-1", "eu-central-1"],
        ["australia"] = ["ap-northeast-1", "us-east-1", "eu-central-1"],
    }.ToImmutableDictionary();

    /// <summary>Share of the requests that reaches a region's cluster, 0 to 1: what caches and the warm tier answer is taken off.
    /// Without geography in the usage every region gets the same.</summary>
    public static double ShareOf(string region, IReadOnlyCollection<string> regions, UsageProfile usage)
    {
        var reaching = (1 - (usage.Number("edge.cacheHitPercent", 0) / 100)) * (1 - (usage.Number("warm.requestPercent", 0) / 100));
        if (UsageKeys.Geographies.All(geography => usage.Number($"traffic.geography.{geography}") is null))
            return (double)(reaching / regions.Count);
        return (double)(reaching * UsageKeys.Geographies
            .Where(geography => (Nearest[geography].FirstOrDefault(regions.Contains) ?? regions.First()) == region)
            .Sum(geography => usage.Number($"traffic.geography.{geography}", 0)) / 100);
    }
}
