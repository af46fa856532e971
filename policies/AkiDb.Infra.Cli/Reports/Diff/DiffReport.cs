using AkiDb.Infra.Cli.Environments;
using AkiDb.Infra.Plan.Diff;
using Humanizer;
using Spectre.Console;

namespace AkiDb.Infra.Cli.Reports.Diff;

/// <summary>A diff as a person reads it.</summary>
internal sealed class DiffReport(IAnsiConsole console, PlanPair pair)
{
    private readonly PlanDiff _diff = pair.Diff;

    /// <summary>Writes it.</summary>
    /// <param name="everyResource">Show every resource of a component that came or went as a whole.</param>
    public void Write(bool everyResource)
    {
        // A line of a diff is one line, however long: the terminal wraps it, grep finds it.
        console.Profile.Width = short.MaxValue;
        console.MarkupLineInterpolated($"[bold]{pair.BeforeTitle} → {pair.AfterTitle}[/]: {Summary()}");
        foreach (var name in _diff.Correspondence.Names)
            console.MarkupLineInterpolated($"[grey]  the same: {name.What} {name.Before} = {name.After}[/]");
        if (!_diff.IsEmpty)
            console.WriteLine();
        foreach (var group in DiffGroups.Of(_diff))
            WriteGroup(group, everyResource);
        WriteOutputs();
        foreach (var notice in _diff.NoticesRemoved)
            Line(ChangeKind.Removed, 0, $"note {notice}");
        foreach (var notice in _diff.NoticesAdded)
            Line(ChangeKind.Added, 0, $"note {notice}");
    }

    private string Summary() => _diff.IsEmpty
        ? "no difference"
        : string.Join(", ", Enum.GetValues<ChangeKind>()
            .Select(kind => (kind, count: _diff.Count(kind)))
            .Where(entry => entry.count > 0)
            .Select(entry => $"{"resource".ToQuantity(entry.count)} {entry.kind.ToString().ToLowerInvariant()}")
            .DefaultIfEmpty("only outputs or notices differ"));

    private void WriteGroup(DiffGroup group, bool everyResource)
    {
        var title = group.Component is null ? "directly in the stack" : $"{group.Component.Name} {TypeTitle.Of(group.Component)}";
        if (group.Whole is { } whole)
        {
            Line(whole, 0, $"{title}: {"resource".ToQuantity(group.ResourceCount)}");
            if (!everyResource)
                return;
        }
        else
        {
            console.MarkupLineInterpolated($"  [bold]{title}[/]");
        }

        foreach (var change in group.Changes.Where(change => change.Resource != group.Component))
        {
            Line(change.Kind, 1, $"{change.Resource.Name} {TypeTitle.Of(change.Resource)}");
            foreach (var property in change.Properties.SelectMany(property => JsonTextChange.Expand(property, _diff.Correspondence)))
                PropertyLines.Write(console, property, depth: 2);
        }
    }

    private void WriteOutputs()
    {
        if (_diff.Outputs.IsEmpty)
            return;
        console.MarkupLine("  [bold]outputs[/]");
        foreach (var output in _diff.Outputs)
            PropertyLines.Write(console, output, depth: 1);
    }

    private void Line(ChangeKind kind, int depth, string text) =>
        console.MarkupLine($"{new string(' ', depth * 4)}[{ChangeMark.Colour(kind)}]{ChangeMark.Of(kind)} {Markup.Escape(text)}[/]");
}
