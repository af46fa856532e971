namespace AkiDb.Infra.Costs.Output;

/// <summary>What one scenario comes to.</summary>
/// <param name="Name">Scenario of the usage file.</param>
/// <param name="RequestsPerMonth">Its requests; null where it has no traffic.</param>
/// <param name="TotalUsd">Dollars a month.</param>
/// <param name="HasEdge">Whether the plan has a CloudFront distribution; without one the goal is not judged.</param>
/// <param name="OverfullPlan">The flat-rate plan that does not hold these requests; null where there is none such.</param>
public sealed record ScenarioTotal(string Name, decimal? RequestsPerMonth, decimal TotalUsd, bool HasEdge, string? OverfullPlan = null)
{
    /// <summary>The specification's goal, week 14: dollars a month.</summary>
    public const decimal TargetUsd = 2_970;

    /// <summary>Whether the goal holds; false where it is not judged.</summary>
    public bool HoldsTarget => HasEdge && OverfullPlan is null && TotalUsd <= TargetUsd;

    /// <summary>The same in words.</summary>
    public string Verdict => !HasEdge ? "not judged: no edge in the plan"
        : OverfullPlan is not null ? $"no: plan {OverfullPlan} does not hold it"
        : HoldsTarget ? "yes" : $"no, {MoneyText.Cents(TotalUsd - TargetUsd)} above";
}
