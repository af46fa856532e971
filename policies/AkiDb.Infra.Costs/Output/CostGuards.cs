using System.Collections.Immutable;
using AkiDb.Infra.Costs.Estimates;

namespace AkiDb.Infra.Costs.Output;

/// <summary>Limits that an estimate must keep.</summary>
public sealed record CostLimits
{
    /// <summary>No limit at all.</summary>
    public static CostLimits None { get; } = new();

    /// <summary>Dollars a month; null for no limit.</summary>
    public decimal? MonthlyUsd { get; init; }

    /// <summary>Percent by which an estimate may be above the one it is compared with; null for no limit.</summary>
    public decimal? IncreasePercent { get; init; }

    /// <summary>Dollars a month by service (first part of a price's id).</summary>
    public ImmutableSortedDictionary<string, decimal> Services { get; init; } = ImmutableSortedDictionary<string, decimal>.Empty;
}

/// <summary>A limit that does not hold.</summary>
/// <param name="Limit">Which, e.g. <c>budgets.monthlyUsd</c>.</param>
/// <param name="Allowed">What it allows, as text.</param>
/// <param name="Found">What was found, as text.</param>
public sealed record CostFinding(string Limit, string Allowed, string Found)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Limit} is {Allowed}; the estimate is {Found}";
}

/// <summary>Holds an estimate against its limits.</summary>
public static class CostGuards
{
    /// <summary>Everything that does not hold.</summary>
    /// <param name="estimate">The new estimate.</param>
    /// <param name="before">What it is compared with; an increase is judged where that is the same environment, null is none.</param>
    /// <param name="limits">The limits.</param>
    public static ImmutableArray<CostFinding> Check(CostEstimate estimate, CostEstimate? before, CostLimits limits)
    {
        var findings = ImmutableArray.CreateBuilder<CostFinding>();
        if (limits.MonthlyUsd is { } most && (estimate.TotalUsd > most || estimate.OverfullPlan is not null))
        {
            var lacking = estimate.OverfullPlan is { } plan ? $" on plan {plan}, which does not hold the traffic" : "";
            findings.Add(new CostFinding("budgets.monthlyUsd", MoneyText.Cents(most), MoneyText.Cents(estimate.TotalUsd) + lacking));
        }

        // That another environment is cheaper is no increase.
        if (before?.Environment == estimate.Environment && limits.IncreasePercent is { } percent && estimate.TotalUsd > before.TotalUsd * (1 + (percent / 100)))
        {
            findings.Add(new CostFinding("budgets.increasePercent", FormattableString.Invariant($"{percent:0.#} % above {MoneyText.Cents(before.TotalUsd)}"), MoneyText.Cents(estimate.TotalUsd)));
        }

        foreach (var (service, limit) in limits.Services)
        {
            var spent = estimate.Lines.Where(line => line.Service == service).Sum(line => line.MonthlyUsd);
            if (spent > limit)
                findings.Add(new CostFinding($"budgets.services.{service}", MoneyText.Cents(limit), MoneyText.Cents(spent)));
        }

        return findings.ToImmutable();
    }
}
