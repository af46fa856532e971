using System.Text;
using AkiDb.Infra.Cli.Reports.Policies;
using AkiDb.Infra.Costs.Output;
using AkiDb.Infra.Plan.Diff;
using AkiDb.Infra.Policies;
using Humanizer;

namespace AkiDb.Infra.Cli.PullRequests;

/// <summary>The comment of a pull request, as Markdown. It begins with a marker by which the workflow finds its own comment again.</summary>
internal static class CommentMarkdown
{
    /// <summary>First line of every comment.</summary>
    public const string Marker = "<!-- akidb-pr -->";

    // A comment holds 65,536 characters; three environments share them.
    private const int MostRows = 40;
    private const int MostPaths = 5;

    /// <summary>Writes the comment.</summary>
    public static string Write(IReadOnlyList<EnvironmentComparison> environments)
    {
        var text = new StringBuilder();
        text.Append(Marker).Append('\n').Append(Headline(environments)).Append('\n');
        foreach (var environment in environments)
            WriteEnvironment(text, environment);
        return text.ToString();
    }

    private static string Headline(IReadOnlyList<EnvironmentComparison> environments)
    {
        var blocking = environments.Sum(environment => environment.New.Count(violation => violation.Rule.Blocks));
        return blocking > 0 ? $"## Stopped by {"new mandatory violation".ToQuantity(blocking)}\n"
            : environments.All(environment => environment.Changes.Count == 0) ? "## Nothing changes in any environment\n"
            : "## No new mandatory violation\n";
    }

    private static void WriteEnvironment(StringBuilder text, EnvironmentComparison environment)
    {
        var counts = Enum.GetValues<ChangeKind>().Select(kind => $"{environment.Changes.Count(change => change.Kind == kind)} {kind.ToString().ToLowerInvariant()}");
        text.Append($"\n### {environment.Environment}\n\n")
            .Append($"{string.Join(", ", counts)}; violations: {environment.New.Count} new, {environment.Fixed.Count} fixed, {environment.Remaining.Count} remaining, {environment.After.Exempted.Length} exempted\n");
        WriteCost(text, environment);
        WriteViolations(text, environment);
        WriteChanges(text, environment);
        foreach (var warning in environment.After.Warnings)
            text.Append($"\n> {Cell(warning)}\n");
    }

    private static void WriteCost(StringBuilder text, EnvironmentComparison environment)
    {
        if (environment.CostUsd is not (var before, { } after))
            return;
        text.Append($"\nCost a month: **{MoneyText.Cents(after)}**");
        if (before is { } old)
            text.Append(old == after ? ", unchanged" : $", {(after > old ? "up" : "down")} {MoneyText.Cents(Math.Abs(after - old))} from {MoneyText.Cents(old)}");
        text.Append($" (`./akidb cost {environment.Environment}` explains it)\n");
    }

    private static void WriteViolations(StringBuilder text, EnvironmentComparison environment)
    {
        var rows = environment.New.Select(violation => ("new", violation))
            .Concat(environment.Fixed.Select(violation => ("fixed", violation)))
            .Concat(environment.Remaining.Select(violation => ("remaining", violation))).ToList();
        if (rows.Count == 0)
            return;
        text.Append("\n| | severity | rule | resource | found | wanted |\n|---|---|---|---|---|---|\n");
        foreach (var (state, violation) in rows.Take(MostRows))
            text.Append(Row(state, violation));
        if (rows.Count > MostRows)
            text.Append($"\n… and {rows.Count - MostRows} more: `./akidb policy {environment.Environment}`\n");
    }

    private static string Row(string state, RuleViolation entry)
    {
        var path = entry.Violation.Path.Length == 0 ? "" : $" {entry.Violation.Path}";
        return $"| {state} | {RuleText.Lower(entry.Rule.Severity)}{(entry.Rule.Blocks ? "" : ", advisory")} | `{entry.Rule.Name}` | {Cell(entry.Violation.Resource.Name)}{Cell(path)} | {Cell(entry.Violation.Found)} | {Cell(entry.Violation.Wanted)} |\n";
    }

    private static void WriteChanges(StringBuilder text, EnvironmentComparison environment)
    {
        if (environment.Changes.Count == 0)
            return;
        text.Append($"\n<details><summary>{"resource".ToQuantity(environment.Changes.Count)} that differ</summary>\n\n| | resource | type | what |\n|---|---|---|---|\n");
        foreach (var change in environment.Changes.Take(MostRows))
            text.Append($"| {change.Kind.ToString().ToLowerInvariant()} | {Cell(change.Resource.Name)} | `{change.Resource.Type}` | {Cell(Properties(change))} |\n");
        if (environment.Changes.Count > MostRows)
            text.Append($"\n… and {environment.Changes.Count - MostRows} more\n");
        text.Append("\n</details>\n");
    }

    private static string Properties(ResourceChange change)
    {
        var paths = change.Properties.Select(property => property.Path).Distinct().ToList();
        return string.Join(", ", paths.Take(MostPaths)) + (paths.Count > MostPaths ? $" and {paths.Count - MostPaths} more" : "");
    }

    // A pipe would end the cell, a newline the row, and a bracket could begin HTML.
    private static string Cell(string value) => value.ReplaceLineEndings(" ").Replace("|", "\\|", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal);
}
