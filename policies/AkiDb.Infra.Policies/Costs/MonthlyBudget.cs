namespace AkiDb.Infra.Policies.Costs;

/// <summary>An environment costs no more than was agreed.</summary>
internal sealed class MonthlyBudget : StackRule
{
    public override RuleAbout About { get; } = new("monthly-budget", Severity.High,
        title: "The expected monthly cost is within the environment's budget",
        why: "A setting that doubles the bill should be seen in the pull request, not at the end of the month.",
        fix: "Look at './akidb cost ENVIRONMENT', lower what grew, or raise the budget on purpose.");

    protected override IEnumerable<Finding?> Judge(PlanView plan) => plan.Root is not { } root ? []
        : plan.Context.Estimate is not { } estimate ? [new NotApplicableYet(root, "estimate") { Why = plan.Context.NoEstimateReason }]
        : estimate.Usd > estimate.BudgetUsd
            ? [new Violation(root, "estimate", FormattableString.Invariant($"${estimate.Usd:N0} a month"), FormattableString.Invariant($"${estimate.BudgetUsd:N0} a month or less"))]
            : estimate.Unpriced.Count > 0 ? [new NotApplicableYet(root, "estimate")] : [];
}
