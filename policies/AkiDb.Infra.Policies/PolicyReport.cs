using System.Collections.Immutable;
using AkiDb.Infra.Plan;
using AkiDb.Infra.Policies.Exempting;

namespace AkiDb.Infra.Policies;

/// <summary>A violation and the rule that is broken.</summary>
public sealed record RuleViolation(RuleAbout Rule, Violation Violation)
{
    /// <summary>The same violation in two plans has the same key: rule, resource and place, not the value found.</summary>
    public (string Rule, string Urn, string Path) Key => (Rule.Name, Violation.Resource.Urn.ToString(), Violation.Path);
}

/// <summary>A rule that could not be decided somewhere.</summary>
public sealed record RuleUndecided(RuleAbout Rule, NotApplicableYet Finding);

/// <summary>A violation that is allowed, and by what.</summary>
public sealed record ExemptedViolation(RuleViolation Violation, Exemption Exemption);

/// <summary>What all rules say about a plan.</summary>
public sealed record PolicyReport
{
    /// <summary>The plan that was judged.</summary>
    public required StackPlan Plan { get; init; }

    /// <summary>How many rules were asked.</summary>
    public required int RuleCount { get; init; }

    /// <summary>What is wrong and not exempted: blocking first, then by severity, rule and resource.</summary>
    public required ImmutableArray<RuleViolation> Violations { get; init; }

    /// <summary>What is wrong and allowed.</summary>
    public required ImmutableArray<ExemptedViolation> Exempted { get; init; }

    /// <summary>What cannot be said yet.</summary>
    public required ImmutableArray<RuleUndecided> Undecided { get; init; }

    /// <summary>Exemptions that allow nothing in this plan, and the like; they block nothing.</summary>
    public required ImmutableArray<string> Warnings { get; init; }

    /// <summary>True if something stops the deployment.</summary>
    public bool IsBlocking => Violations.Any(violation => violation.Rule.Blocks);
}
