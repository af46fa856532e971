using System.Collections.Immutable;
using AkiDb.Infra.Plan.Diff;
using AkiDb.Infra.Plan.Values;

namespace AkiDb.Infra.Cli.Reports.Diff;

/// <summary>The lines of a text that came or went.</summary>
internal static class TextLines
{
    public static IEnumerable<(ChangeKind Kind, string Line)> Between(string before, string after)
    {
        var (old, @new) = (Lines(before), Lines(after));
        foreach (var (from, to) in ListAlignment.Align(old, @new, (left, right) => left.Equals(right)))
        {
            if (from is { } gone && (to is null || !old[gone].Equals(@new[to.Value])))
                yield return (ChangeKind.Removed, ((TextValue)old[gone]).Value);
            if (to is { } come && (from is null || !@new[come].Equals(old[from.Value])))
                yield return (ChangeKind.Added, ((TextValue)@new[come]).Value);
        }
    }

    private static ImmutableArray<PlanValue> Lines(string text) => [.. text.Split('\n').Select(line => (PlanValue)new TextValue(line.TrimEnd('\r')))];
}
