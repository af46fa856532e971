using System.Collections.Immutable;
using AkiDb.Infra.Costs.Estimates;
using AkiDb.Infra.Costs.Prices;

namespace AkiDb.Infra.Costs.Output;

/// <summary>What a commitment to one type in one region would save.</summary>
/// <param name="Region">AWS region.</param>
/// <param name="Type">Instance type.</param>
/// <param name="Nodes">Nodes that run on demand all month.</param>
/// <param name="OnDemandUsd">Dollars a month now.</param>
/// <param name="OneYearUsd">Dollars a month reserved for one year, nothing up front; null where that price is not known.</param>
/// <param name="ThreeYearUsd">The same for three years.</param>
public sealed record Commitment(string Region, string Type, decimal Nodes, decimal OnDemandUsd, decimal? OneYearUsd, decimal? ThreeYearUsd);

/// <summary>
/// Which on-demand hours are steady enough to commit to: the nodes of managed groups, which never go away, and Karpenter's
/// on-demand nodes that run (nearly) all month. Spot and the control plane cannot be covered. A Savings Plan for EC2 has the
/// price of the reserved instance of the same term, so one table serves both.
/// </summary>
public static class CommitmentAnalysis
{
    // A node kind that runs this part of the month or more is steady.
    private const decimal Steady = 0.95m;

    /// <summary>The commitments that the estimate would bear, greatest saving first.</summary>
    public static ImmutableArray<Commitment> Of(CostEstimate estimate, PriceBook book)
    {
        const string prefix = "ec2.onDemand.";
        var candidates =
            from line in estimate.Lines
            where line.PriceId.StartsWith(prefix, StringComparison.Ordinal) && line.State == LineState.Priced && !line.Name.Contains("no spot", StringComparison.Ordinal)
            group line by (Region: line.Region ?? "", Type: line.PriceId[prefix.Length..]) into kind
            let nodes = decimal.Floor(kind.Sum(line => line.Quantity ?? 0) / BillingMonth.Hours / Steady * 100) / 100
            let whole = decimal.Floor(nodes)
            where whole >= 1
            let price = kind.First().Price!
            select new Commitment(kind.Key.Region, kind.Key.Type, whole, Month(price.FirstUsd, whole)!.Value,
                Month(book.Find($"ec2.ri1y.{kind.Key.Type}", kind.Key.Region)?.FirstUsd, whole),
                Month(book.Find($"ec2.ri3y.{kind.Key.Type}", kind.Key.Region)?.FirstUsd, whole));
        return [.. candidates.OrderByDescending(entry => entry.OnDemandUsd - (entry.OneYearUsd ?? entry.OnDemandUsd)).ThenBy(entry => entry.Region, StringComparer.Ordinal)];
    }

    private static decimal? Month(decimal? usdPerHour, decimal nodes) =>
        usdPerHour is { } price ? decimal.Round(price * BillingMonth.Hours * nodes, 2, MidpointRounding.AwayFromZero) : null;
}
