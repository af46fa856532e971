using System.Collections.Frozen;
using System.Text.RegularExpressions;
using AkiDb.Infra.Components.Observability.Metrics;

namespace AkiDb.Infra.Tests.Observability;

/// <summary>The metrics that an expression names.</summary>
internal static partial class MetricNames
{
    private static readonly FrozenSet<string> Exported = MetricSource.All.SelectMany(source => source.Metrics).ToFrozenSet();

    // Words of the language that are neither followed by a parenthesis nor metrics.
    private static readonly FrozenSet<string> Words =
        new[] { "and", "or", "unless", "on", "ignoring", "by", "without", "group_left", "group_right", "offset", "bool" }.ToFrozenSet();

    /// <summary>Every identifier that is not a function, a label, a word of the language or inside a string.</summary>
    public static IEnumerable<string> In(string expression)
    {
        var bare = Grouping().Replace(Selectors().Replace(Strings().Replace(expression, "\"\""), ""), " ");
        return Identifier().Matches(bare).Where(match => !Words.Contains(match.Value) && !bare[(match.Index + match.Length)..].TrimStart().StartsWith('('))
            .Select(match => match.Value).Distinct();
    }

    public static bool IsExported(string name) =>
        Exported.Contains(name) || (Suffix().Match(name) is { Success: true } suffix && Exported.Contains(name[..suffix.Index]));

    [GeneratedRegex("\"(\\\\.|[^\"\\\\])*\"")]
    private static partial Regex Strings();

    [GeneratedRegex(@"\{[^}]*\}|\[[^\]]*\]|offset \w+")]
    private static partial Regex Selectors();

    [GeneratedRegex(@"\b(by|without|on|ignoring|group_left|group_right) *\([^)]*\)")]
    private static partial Regex Grouping();

    [GeneratedRegex(@"(?<![\w.])[a-zA-Z_:][\w:]*")]
    private static partial Regex Identifier();

    [GeneratedRegex("_(bucket|count|sum)$")]
    private static partial Regex Suffix();
}
