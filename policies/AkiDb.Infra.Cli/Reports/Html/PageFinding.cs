using AkiDb.Infra.Plan;
using AkiDb.Infra.Plan.Schema;

namespace AkiDb.Infra.Cli.Reports.Html;

/// <summary>Something on the page that a person should look at.</summary>
/// <param name="Source">Who says so, e.g. <c>schema</c>.</param>
/// <param name="Urn">The resource; null for the plan as a whole.</param>
/// <param name="Text">What is wrong and what would be right.</param>
internal sealed record PageFinding(string Source, string? Urn, string Text)
{
    public static PageFinding Of(SchemaViolation violation) => new(
        "schema", violation.Urn, $"{(violation.Path.Length == 0 ? "" : $"{violation.Path}: ")}found {violation.Found}; want {violation.Wanted}.");

    /// <summary>What can be said of a plan without a rule: URNs that come twice.</summary>
    public static IEnumerable<PageFinding> Duplicates(StackPlan plan) =>
        plan.DuplicateUrns.Select(urn => new PageFinding("plan", urn, "this URN comes more than once; the engine refuses that."));
}
