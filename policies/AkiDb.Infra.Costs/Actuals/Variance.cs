using System.Collections.Immutable;
using AkiDb.Infra.Costs.Estimates;

namespace AkiDb.Infra.Costs.Actuals;

/// <summary>A service's estimate beside its bill, both a day.</summary>
/// <param name="Service">As on the bill.</param>
/// <param name="EstimatedUsd">Dollars a day.</param>
/// <param name="ActualUsd">Dollars a day, average of the days read.</param>
public sealed record ServiceVariance(string Service, decimal EstimatedUsd, decimal ActualUsd)
{
    /// <summary>Dollars a day above the estimate; negative below.</summary>
    public decimal DifferenceUsd => ActualUsd - EstimatedUsd;
}

/// <summary>Puts an estimate beside a bill.</summary>
public static class Variance
{
    /// <summary>By service, greatest difference first. Days that AWS still estimates are left out where there are others.</summary>
    /// <param name="estimate">What was expected.</param>
    /// <param name="actual">Costs whose first key is the service.</param>
    public static ImmutableArray<ServiceVariance> Of(CostEstimate estimate, IReadOnlyCollection<ActualCost> actual)
    {
        var settled = actual.Where(cost => !cost.IsEstimated).ToList();
        var counted = settled.Count > 0 ? settled : actual.ToList();
        var days = Math.Max(1, counted.Select(cost => cost.Day).Distinct().Count());
        var bill = counted.GroupBy(cost => cost.Keys[0]).ToDictionary(group => group.Key, group => group.Sum(cost => cost.Usd) / days);
        var expected = estimate.Lines.Where(line => BillServices.Of(line.PriceId) is not null)
            .GroupBy(line => BillServices.Of(line.PriceId)!).ToDictionary(group => group.Key, group => group.Sum(line => line.MonthlyUsd) / (BillingMonth.Hours / 24));
        return
        [
            .. bill.Keys.Union(expected.Keys)
                .Select(service => new ServiceVariance(service, decimal.Round(expected.GetValueOrDefault(service), 2), decimal.Round(bill.GetValueOrDefault(service), 2)))
                .OrderByDescending(entry => Math.Abs(entry.DifferenceUsd)).ThenBy(entry => entry.Service, StringComparer.Ordinal),
        ];
    }
}
