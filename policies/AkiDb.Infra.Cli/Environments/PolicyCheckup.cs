using System.Collections.Immutable;
using AkiDb.Infra.Plan;
using AkiDb.Infra.Policies;
using AkiDb.Infra.Policies.Exempting;

namespace AkiDb.Infra.Cli.Environments;

/// <summary>Runs the rules over a plan with the checkout's own exemptions.</summary>
internal sealed class PolicyCheckup(Repository repository, DateOnly today)
{
    /// <summary>Where exemptions stand, below the checkout.</summary>
    public const string ExemptionsPath = "policies/exemptions.yaml";

    /// <summary>The date of a clock, in UTC.</summary>
    public static DateOnly Today(TimeProvider clock) => DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);

    /// <summary>Judges <paramref name="plan"/>.</summary>
    /// <param name="plan">What would be built. Its cost is estimated here and handed to the budget rule: rules know no price.</param>
    /// <exception cref="BadInputException">The exemptions cannot be read.</exception>
    public PolicyReport Run(StackPlan plan) =>
        PolicyCheck.Run(plan, new PolicyContext(today) { Estimate = EstimateOf(plan), NoEstimateReason = CostInputs.WhyNoEstimate(repository, plan.Stack) }, ReadExemptions());

    private MonthlyEstimate? EstimateOf(StackPlan plan) =>
        CostInputs.EstimateOf(repository, plan) is { } cost && cost.Limits.MonthlyUsd is { } budget
            ? new MonthlyEstimate(cost.Estimate.TotalUsd, budget,
                [.. cost.Estimate.Errors.Select(error => error.Resource.Name).Distinct().Order(StringComparer.Ordinal)])
            : null;

    private ImmutableArray<Exemption> ReadExemptions()
    {
        var path = Path.Combine(repository.Root, ExemptionsPath);
        try
        {
            return File.Exists(path) ? ExemptionFile.Read(File.ReadAllText(path), ExemptionsPath) : [];
        }
        catch (FormatException problem)
        {
            throw new BadInputException(problem.Message);
        }
    }
}
