namespace AkiDb.Infra.Costs.Output;

/// <summary>What one scenario comes to.</summary>
/// <param name="Name">Scenario of the usage file.</param>
/// <param name="RequestsPerMonth">Its requests; null where it has no traffic.</param>
/// <param name="TotalUsd">Dollars a month.</param>
public sealed record ScenarioTotal(string Name, decimal? RequestsPerMonth, decimal TotalUsd)
{
    /// <summary>The specification's goal, week 14: dollars a month.</summary>
    public const decimal TargetUsd = 2_970;

    /// <summary>Whether the goal holds.</summary>
    public bool HoldsTarget => TotalUsd <= TargetUsd;
}
