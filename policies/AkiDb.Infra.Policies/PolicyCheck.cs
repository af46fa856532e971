using System.Collections.Immutable;
using AkiDb.Infra.Plan;
using AkiDb.Infra.Policies.Exempting;

namespace AkiDb.Infra.Policies;

/// <summary>All rules over one plan.</summary>
public static class PolicyCheck
{
    /// <summary>Judges <paramref name="plan"/> by every rule that is not disabled; nothing stops at the first violation.</summary>
    /// <param name="plan">What would be built.</param>
    /// <param name="context">Date and estimate.</param>
    /// <param name="exemptions">What is allowed all the same; default none.</param>
    public static PolicyReport Run(StackPlan plan, PolicyContext context, ImmutableArray<Exemption> exemptions = default)
    {
        var view = new PlanView(plan, context);
        var rules = RuleCatalogue.All.Where(rule => rule.About.Level != EnforcementLevel.Disabled).ToImmutableArray();
        var findings = rules.SelectMany(rule => rule.Check(view).Select(finding => (rule.About, Finding: finding))).ToList();
        var violations = findings.Where(entry => entry.Finding is Violation)
            .Select(entry => new RuleViolation(entry.About, (Violation)entry.Finding))
            .OrderByDescending(violation => violation.Rule.Blocks).ThenByDescending(violation => violation.Rule.Severity)
            .ThenBy(violation => violation.Rule.Name, StringComparer.Ordinal)
            .ThenBy(violation => violation.Violation.Resource.Urn.ToString(), StringComparer.Ordinal)
            .ThenBy(violation => violation.Violation.Path, StringComparer.Ordinal);
        var undecided = findings.Where(entry => entry.Finding is NotApplicableYet)
            .Select(entry => new RuleUndecided(entry.About, (NotApplicableYet)entry.Finding));
        return ExemptionFilter.Apply(plan, context, exemptions.IsDefault ? [] : exemptions, [.. violations], [.. undecided], rules.Length);
    }
}
