using System.Collections.Immutable;

namespace AkiDb.Infra.Policies;

/// <summary>What a person must know about a rule.</summary>
/// <param name="name">Kebab-case and for ever: exemptions, reports and the engine use it.</param>
/// <param name="severity">How bad a violation is.</param>
/// <param name="title">The rule as a sentence about how things should be.</param>
/// <param name="why">What happens otherwise.</param>
/// <param name="fix">What to change.</param>
/// <param name="frameworks">Ids of the same demand elsewhere: Checkov (CKV…), Security Hub (EKS.1), Guard rules.</param>
/// <param name="level">What a violation does; default mandatory.</param>
public sealed class RuleAbout(
    string name, Severity severity, string title, string why, string fix,
    ImmutableArray<string> frameworks = default, EnforcementLevel level = EnforcementLevel.Mandatory)
{
    /// <summary>Kebab-case name.</summary>
    public string Name { get; } = name;

    /// <summary>How bad a violation is.</summary>
    public Severity Severity { get; } = severity;

    /// <summary>The rule as a sentence.</summary>
    public string Title { get; } = title;

    /// <summary>What happens otherwise.</summary>
    public string Why { get; } = why;

    /// <summary>What to change.</summary>
    public string Fix { get; } = fix;

    /// <summary>Ids of the same demand in other rule sets; empty for the project's own.</summary>
    public ImmutableArray<string> Frameworks { get; } = frameworks.IsDefault ? [] : frameworks;

    /// <summary>What a violation does.</summary>
    public EnforcementLevel Level { get; } = level;

    /// <summary>True if a violation stops a deployment.</summary>
    public bool Blocks => Level is EnforcementLevel.Mandatory or EnforcementLevel.Remediate;

    /// <inheritdoc/>
    public override string ToString() => Name;
}
