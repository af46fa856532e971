using AkiDb.Infra.Plan;
using AkiDb.Infra.Plan.Diff;

namespace AkiDb.Infra.Cli.Environments;

/// <summary>Two plans to compare.</summary>
/// <param name="BeforeTitle">What the user calls the earlier one.</param>
/// <param name="Before">The earlier one.</param>
/// <param name="AfterTitle">What the user calls the later one.</param>
/// <param name="After">The later one.</param>
internal sealed record PlanPair(string BeforeTitle, StackPlan Before, string AfterTitle, StackPlan After)
{
    /// <summary>What differs.</summary>
    public PlanDiff Diff { get; } = PlanDiff.Between(Before, After);
}
