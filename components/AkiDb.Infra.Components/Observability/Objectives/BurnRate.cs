using System.Collections.Immutable;
using AkiDb.Infra.Components.Observability.Rules;

namespace AkiDb.Infra.Components.Observability.Objectives;

/// <summary>How fast an error budget may go before somebody is told.</summary>
/// <param name="Alert">Name of the alert.</param>
/// <param name="Factor">Multiple of the rate that would empty the budget exactly at the period's end.</param>
/// <param name="LongWindow">Must be exceeded over this window: enough was lost to matter.</param>
/// <param name="ShortWindow">And over this one: it is still being lost. A twelfth of the long one.</param>
/// <param name="Severity">Who is told.</param>
public sealed record BurnRate(string Alert, double Factor, TimeSpan LongWindow, TimeSpan ShortWindow, AlertSeverity Severity)
{
    /// <summary>
    /// Google, "The Site Reliability Workbook", chapter 5, table 5-8, and its 3 × row as Sloth 0.16 has it (google-30d.yaml, read
    /// 2026-11). Severities are W15's. The specification's own "2 × over 3 days" on one window is neither (aws-eks-edge-facts §5).
    /// </summary>
    public static ImmutableArray<BurnRate> Standard { get; } =
    [
        new("ErrorBudgetFastBurn", 14.4, TimeSpan.FromHours(1), TimeSpan.FromMinutes(5), AlertSeverity.P0),
        new("ErrorBudgetMediumBurn", 6, TimeSpan.FromHours(6), TimeSpan.FromMinutes(30), AlertSeverity.P1),
        new("ErrorBudgetSlowBurn", 3, TimeSpan.FromDays(1), TimeSpan.FromHours(2), AlertSeverity.P2),
        new("ErrorBudgetSteadyBurn", 1, TimeSpan.FromDays(3), TimeSpan.FromHours(6), AlertSeverity.P2),
    ];

    /// <summary>Time until a full budget of <paramref name="period"/> is empty at this rate.</summary>
    public TimeSpan TimeToEmpty(TimeSpan period) => period / Factor;

    /// <summary>Share of the budget of <paramref name="period"/> that is gone when the long window is full.</summary>
    public double BudgetSpent(TimeSpan period) => Factor * (LongWindow / period);
}
