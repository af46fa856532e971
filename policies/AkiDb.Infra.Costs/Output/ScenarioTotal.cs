namespace AkiDb.Infra.Costs.Output;

/// <summary>What one scenario comes to.</summary>
/// <param name="Name">Scenario of the usage file.</param>
/// <param name="RequestsPerMonth">Its requests; null where it has no traffic.</param>
/// <param name="TotalUsd">Dollars a month.</param>
/// <param name="HasEdge">Whether the plan has a CloudFront distribution; without one the goal is not judged.</param>
public sealed record ScenarioTotal(string Name, decimal? RequestsPerMonth, decimal TotalUsd, bool HasEdge)
{
    /// <summary>The specification's goal, week 14: dollars a month.</summary>
    public const decimal TargetUsd = 2_970;

    /// <summary>Whether the goal holds; false where it is not judged.</summary>
    public bool HoldsTarget => HasEdge && TotalUsd <= TargetUsd;

    /// <summary>The same in words.</summary>
    public string Verdict => !HasEdge ? "not judged: no edge in the plan" : HoldsTarget ? "yes" : $"no, {MoneyText.Cents(TotalUsd - TargetUsd)} above";
}
