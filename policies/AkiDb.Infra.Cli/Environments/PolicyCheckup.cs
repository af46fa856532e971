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
    /// <param name="plan">What would be built.</param>
    /// <param name="estimate">What it would cost, where that has been worked out.</param>
    /// <exception cref="BadInputException">The exemptions cannot be read.</exception>
    public PolicyReport Run(StackPlan plan, MonthlyEstimate? estimate = null) =>
        PolicyCheck.Run(plan, new PolicyContext(today) { Estimate = estimate }, ReadExemptions());

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
