using AkiDb.Infra.Policies;
using Humanizer;
using Spectre.Console;

namespace AkiDb.Infra.Cli.Reports.Policies;

/// <summary>What the rules say, as a person reads it: by severity, then by rule, each rule's remedy once.</summary>
internal sealed class PolicyText(IAnsiConsole console, PolicyReport report)
{
    public void Write()
    {
        console.MarkupLineInterpolated($"[bold]{report.Plan.Project} {report.Plan.Stack}[/]: {"rule".ToQuantity(report.RuleCount)} over {"resource".ToQuantity(report.Plan.Resources.Length)}");
        console.WriteLine();
        foreach (var group in report.Violations.GroupBy(violation => (violation.Rule.Blocks, violation.Rule.Severity, violation.Rule.Name)))
            WriteRule([.. group]);
        WriteExempted();
        WriteUndecided();
        foreach (var warning in report.Warnings)
            console.MarkupLineInterpolated($"[yellow]warning[/] {warning}");

        var blocking = report.Violations.Count(violation => violation.Rule.Blocks);
        console.MarkupLineInterpolated($"{"mandatory violation".ToQuantity(blocking)}, {"advisory".ToQuantity(report.Violations.Length - blocking)}, {report.Exempted.Length} exempted, {report.Undecided.Length} not applicable yet");
    }

    private void WriteRule(IReadOnlyList<RuleViolation> violations)
    {
        var rule = violations[0].Rule;
        var colour = rule.Blocks ? "red" : "yellow";
        console.MarkupLine($"[{colour}]{rule.Severity.Humanize().ToLowerInvariant()}[/] [bold]{Markup.Escape(rule.Name)}[/] {Markup.Escape(rule.Title)}{(rule.Blocks ? "" : " [grey](advisory)[/]")}");
        foreach (var (_, violation) in violations)
        {
            var where = violation.Path.Length == 0 ? "" : $" {violation.Path}";
            console.MarkupLineInterpolated($"  {violation.Resource.Name} [grey]{violation.Resource.Type}[/]{where}");
            console.MarkupLineInterpolated($"    found {violation.Found}; wanted {violation.Wanted}");
        }

        console.MarkupLineInterpolated($"  [green]fix[/] {rule.Fix}");
        console.WriteLine();
    }

    private void WriteExempted()
    {
        foreach (var group in report.Exempted.GroupBy(entry => entry.Exemption))
        {
            var exemption = group.Key;
            console.MarkupLineInterpolated(
                $"[grey]exempted[/] {exemption.Rule} of {string.Join(", ", group.Select(entry => entry.Violation.Violation.Resource.Name).Distinct())} until {exemption.Expires:yyyy-MM-dd} ({exemption.Owner})");
            console.MarkupLineInterpolated($"  {exemption.Reason}");
        }

        if (!report.Exempted.IsEmpty)
            console.WriteLine();
    }

    private void WriteUndecided()
    {
        foreach (var group in report.Undecided.GroupBy(entry => entry.Rule.Name))
            console.MarkupLineInterpolated($"[grey]not applicable yet[/] {group.Key}: {group.First().Finding.Reason}{(group.Skip(1).Any() ? $", and {group.Count() - 1} more" : "")}");
        if (!report.Undecided.IsEmpty)
            console.WriteLine();
    }
}
