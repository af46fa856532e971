using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace AkiDb.Infra.Policies.Exempting;

/// <summary>A violation that is allowed for a while, and who answers for it.</summary>
public sealed record Exemption
{
    /// <summary>Name of the rule.</summary>
    public required string Rule { get; init; }

    /// <summary>Name of the resources; <c>*</c> stands for any characters.</summary>
    public required string Resource { get; init; }

    /// <summary>Environments it holds in; empty for all.</summary>
    public ImmutableArray<string> Environments { get; init; } = [];

    /// <summary>Why it cannot be mended.</summary>
    public required string Reason { get; init; }

    /// <summary>Who answers for it.</summary>
    public required string Owner { get; init; }

    /// <summary>Last day on which it holds.</summary>
    public required DateOnly Expires { get; init; }

    /// <summary>Line in the file, from 1; 0 if it came from elsewhere.</summary>
    public int Line { get; init; }

    /// <summary>True if it is meant for this environment.</summary>
    public bool HoldsIn(string environment) => Environments.IsEmpty || Environments.Contains(environment);

    /// <summary>True if it allows <paramref name="violation"/>.</summary>
    public bool Covers(RuleViolation violation) =>
        violation.Rule.Name == Rule && Matches(violation.Violation.Resource.Name);

    private bool Matches(string name) => Regex.IsMatch(
        name, $"^{Regex.Escape(Resource).Replace("\\*", ".*", StringComparison.Ordinal)}$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);
}
