namespace AkiDb.Infra.Policies;

/// <summary>What a check may know besides the plan.</summary>
/// <param name="Today">The date in UTC: versions and exemptions run out.</param>
public sealed record PolicyContext(DateOnly Today)
{
    /// <summary>What the plan would cost, where the host has worked it out; null where it has not.</summary>
    public MonthlyEstimate? Estimate { get; init; }

    /// <summary>Why the host has no estimate, as a sentence; null where it has one or does not know why.</summary>
    public string? NoEstimateReason { get; init; }
}

/// <summary>What a plan costs a month, as a host worked it out. Rules know no price.</summary>
/// <param name="Usd">Expected bill in US dollars a month; what could not be priced is not in it.</param>
/// <param name="BudgetUsd">What the environment may cost a month, in US dollars.</param>
/// <param name="Unpriced">Names of what could not be priced; empty where everything was.</param>
public sealed record MonthlyEstimate(decimal Usd, decimal BudgetUsd, IReadOnlyList<string> Unpriced);
