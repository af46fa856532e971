using System.Collections.Immutable;
using AkiDb.Infra.Plan;

namespace AkiDb.Infra.Policies.Exempting;

/// <summary>Takes allowed violations out of a report, and judges the exemptions themselves.</summary>
internal static class ExemptionFilter
{
    public static PolicyReport Apply(
        StackPlan plan, PolicyContext context, ImmutableArray<Exemption> exemptions,
        ImmutableArray<RuleViolation> violations, ImmutableArray<RuleUndecided> undecided, int ruleCount)
    {
        var relevant = exemptions.Where(exemption => exemption.HoldsIn(plan.Stack)).ToList();
        var valid = relevant.Where(exemption => context.Today <= exemption.Expires).ToList();
        var exempted = violations
            .Select(violation => (Violation: violation, Exemption: valid.Find(exemption => exemption.Covers(violation))))
            .ToLookup(entry => entry.Exemption is not null);
        var used = exempted[true].Select(entry => entry.Exemption!).ToHashSet();
        var isUndecided = undecided.Select(entry => entry.Rule.Name).ToHashSet();

        return new PolicyReport
        {
            Plan = plan,
            RuleCount = ruleCount,
            Violations = [.. relevant.Except(valid).Select(exemption => Expired(plan, exemption)), .. exempted[false].Select(entry => entry.Violation)],
            Exempted = [.. exempted[true].Select(entry => new ExemptedViolation(entry.Violation, entry.Exemption!))],
            Undecided = undecided,
            Warnings =
            [
                .. relevant.Where(exemption => RuleCatalogue.Find(exemption.Rule) is null)
                    .Select(exemption => $"{At(exemption)} names a rule '{exemption.Rule}' that there is none of."),
                .. valid.Where(exemption => RuleCatalogue.Find(exemption.Rule) is not null && !used.Contains(exemption) && !isUndecided.Contains(exemption.Rule))
                    .Select(exemption => $"{At(exemption)} allows nothing in {plan.Stack}: no resource '{exemption.Resource}' breaks {exemption.Rule}."),
            ],
        };
    }

    private static RuleViolation Expired(StackPlan plan, Exemption exemption) => new(ExemptionExpired.About, new Violation(
        new PlannedResource { Urn = ResourceUrn.Root(plan.Stack, plan.Project), IsCustom = false },
        $"{exemption.Rule}[\"{exemption.Resource}\"]",
        FormattableString.Invariant($"the exemption of '{exemption.Resource}' from {exemption.Rule}, owned by {exemption.Owner}, ran out on {exemption.Expires:yyyy-MM-dd}"),
        "no exemption that has run out"));

    private static string At(Exemption exemption) =>
        exemption.Line > 0 ? $"The exemption at line {exemption.Line} of policies/exemptions.yaml" : $"The exemption from {exemption.Rule}";
}
