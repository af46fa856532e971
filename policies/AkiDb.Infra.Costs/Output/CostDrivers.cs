using System.Collections.Immutable;
using AkiDb.Infra.Costs.Charges;
using AkiDb.Infra.Costs.Estimates;
using AkiDb.Infra.Costs.Usage;
using AkiDb.Infra.Plan;

namespace AkiDb.Infra.Costs.Output;

/// <summary>A change that was tried, with what it does to the total.</summary>
/// <param name="Change">The what-if, as <c>key=value</c>.</param>
/// <param name="Meaning">What it gives up.</param>
/// <param name="Usd">Dollars a month; negative saves.</param>
public sealed record CostLever(string Change, string Meaning, decimal Usd);

/// <summary>What the money goes to, and the cheapest ways down: each is computed by estimating again, none is guessed.</summary>
public static class CostDrivers
{
    /// <summary>The dearest groups of lines: same price family, all regions and tiers together.</summary>
    public static ImmutableArray<(string Name, decimal Usd, decimal Share)> Largest(CostEstimate estimate, int count = 5) =>
    [
        .. estimate.Lines.GroupBy(line => Family(line.PriceId)).Select(group => (Name: Describe(group.Key, group.First()), Usd: group.Sum(line => line.MonthlyUsd)))
            .OrderByDescending(entry => entry.Usd).Take(count).Select(entry => (entry.Name, entry.Usd, estimate.TotalUsd == 0 ? 0 : entry.Usd / estimate.TotalUsd)),
    ];

    /// <summary>Changes of usage that save, most first.</summary>
    public static ImmutableArray<CostLever> Levers(StackPlan plan, UsageProfile usage, CostEstimate estimate, CostEstimator estimator)
    {
        var tried = new List<CostLever>();
        foreach (var (key, value, meaning) in Candidates(usage, estimate))
        {
            var total = estimator.Estimate(plan, usage.With([KeyValuePair.Create(key, value)], "a lever")).TotalUsd;
            tried.Add(new CostLever($"{key}={value}", meaning, total - estimate.TotalUsd));
        }

        return [.. tried.Where(lever => lever.Usd < 0).OrderBy(lever => lever.Usd)];
    }

    private static IEnumerable<(string Key, string Value, string Meaning)> Candidates(UsageProfile usage, CostEstimate estimate)
    {
        if (estimate.RequestsPerMonth is { } requests && FlatRatePlans.Cheapest(requests, usage.Number("edge.egressGb", 0)) is { } plan)
            yield return ("edge.plan", plan, "a flat-rate plan; may throttle above its allowance");
        yield return ("edge.priceClass", "100", "no edge in Asia, Africa, South America: 18 % of the users get slower");
        if (usage.Number("edge.lambdaPercent") > 0)
            yield return ("edge.lambdaPercent", "0", "routing in a CloudFront function instead of Lambda@Edge");
        if (usage.Number("tracing.percent") > 1)
            yield return ("tracing.percent", "1", "one trace in a hundred");
        if (usage.Number("metrics.custom") > 200)
            yield return ("metrics.custom", "200", "fewer dimensions on custom metrics");
        if (usage.Number("waf.requestPercent") > 0)
            yield return ("waf.requestPercent", "0", "no web ACL in the path");
        yield return ("capacity.spotPercent", "100", "no on-demand nodes from Karpenter");
        if (usage.Number("transfer.crossZoneGbPerRegion") > 0)
            yield return ("transfer.crossZoneGbPerRegion", "0", "topology-aware routing inside a zone");
    }

    private static string Family(string priceId) => priceId.Split('.') is [var service, var kind, ..] ? $"{service}.{kind}" : priceId;

    private static string Describe(string family, CostLine line) => family switch
    {
        "cloudfront.out" => "CloudFront data out",
        "cloudfront.https" => "CloudFront HTTPS requests",
        "ec2.spot" => "EC2 spot nodes",
        "ec2.onDemand" => "EC2 on-demand nodes",
        "lambda.edge" => "Lambda@Edge",
        "vpc.nat" => "NAT gateways",
        _ => $"{ServiceNames.Of(line.Service)}: {(line.Price?.What ?? line.Name).ToLowerInvariant()}",
    };
}
