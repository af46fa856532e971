using System.Collections.Immutable;
using AkiDb.Infra.Plan.Values;

namespace AkiDb.Infra.Plan.Diff;

/// <summary>
/// Which item of one list is which of another. The longest common run of equal items stays put, so that one item put in
/// front is one addition. Between two such items: objects of one name are paired, then what is left where both lists have as
/// many; the rest is removed and added. Pairs never cross.
/// </summary>
public static class ListAlignment
{
    // Above this many comparisons (two lists of 300) by position only: no list in a plan that a person wrote is longer.
    private const long MostComparisons = 90_000;

    // What providers call an item's own name, in the order of trust.
    private static readonly ImmutableArray<string> IdentityKeys = ["name", "id", "key", "sid", "Sid"];

    /// <summary>The pairs, and the items that stand alone, in the order of both lists. Equal items between two paired ones are left out.</summary>
    public static IEnumerable<(int? Before, int? After)> Align(
        ImmutableArray<PlanValue> before, ImmutableArray<PlanValue> after, Func<PlanValue, PlanValue, bool> areSame)
    {
        var (start, oldEnd, newEnd) = (0, before.Length, after.Length);
        while (start < oldEnd && start < newEnd && areSame(before[start], after[start]))
            start++;
        while (oldEnd > start && newEnd > start && areSame(before[oldEnd - 1], after[newEnd - 1]))
            (oldEnd, newEnd) = (oldEnd - 1, newEnd - 1);

        var (old, @new) = (start, start);
        foreach (var anchor in CommonRun(before[start..oldEnd], after[start..newEnd], areSame).Select(pair => (Before: start + pair.Before, After: start + pair.After)))
        {
            foreach (var pair in Gap(before, old, anchor.Before, after, @new, anchor.After))
                yield return pair;
            (old, @new) = (anchor.Before + 1, anchor.After + 1);
        }

        foreach (var pair in Gap(before, old, oldEnd, after, @new, newEnd))
            yield return pair;
    }

    private static IEnumerable<(int? Before, int? After)> Gap(
        ImmutableArray<PlanValue> before, int old, int oldEnd, ImmutableArray<PlanValue> after, int @new, int newEnd)
    {
        for (var at = old; at < oldEnd; at++)
        {
            if (IdentityOf(before[at]) is not { } identity)
                continue;
            var match = Enumerable.Range(@new, newEnd - @new).FirstOrDefault(index => IdentityOf(after[index]) == identity, -1);
            if (match < 0)
                continue;
            foreach (var pair in Unnamed(old, at, @new, match))
                yield return pair;
            yield return (at, match);
            (old, @new) = (at + 1, match + 1);
        }

        foreach (var pair in Unnamed(old, oldEnd, @new, newEnd))
            yield return pair;
    }

    private static IEnumerable<(int? Before, int? After)> Unnamed(int old, int oldEnd, int @new, int newEnd)
    {
        if (oldEnd - old == newEnd - @new)
            return Enumerable.Range(0, oldEnd - old).Select(offset => ((int?)(old + offset), (int?)(@new + offset)));
        return Enumerable.Range(old, oldEnd - old).Select(index => ((int?)index, (int?)null))
            .Concat(Enumerable.Range(@new, newEnd - @new).Select(index => ((int?)null, (int?)index)));
    }

    private static string? IdentityOf(PlanValue item) => item is MapValue map
        ? IdentityKeys.Select(key => map.Entries.GetValueOrDefault(key)).OfType<TextValue>().FirstOrDefault()?.Value
        : null;

    // Longest common subsequence by the classic table.
    private static List<(int Before, int After)> CommonRun(
        ImmutableArray<PlanValue> before, ImmutableArray<PlanValue> after, Func<PlanValue, PlanValue, bool> areSame)
    {
        if ((long)before.Length * after.Length > MostComparisons)
            return [.. Enumerable.Range(0, Math.Min(before.Length, after.Length)).Where(index => areSame(before[index], after[index])).Select(index => (index, index))];

        var same = new bool[before.Length, after.Length];
        var length = new int[before.Length + 1, after.Length + 1];
        for (var row = before.Length - 1; row >= 0; row--)
        {
            for (var column = after.Length - 1; column >= 0; column--)
            {
                same[row, column] = areSame(before[row], after[column]);
                length[row, column] = same[row, column]
                    ? length[row + 1, column + 1] + 1
                    : Math.Max(length[row + 1, column], length[row, column + 1]);
            }
        }

        var run = new List<(int Before, int After)>();
        for (var (row, column) = (0, 0); row < before.Length && column < after.Length;)
        {
            if (same[row, column])
                run.Add((row++, column++));
            else if (length[row + 1, column] >= length[row, column + 1])
                row++;
            else
                column++;
        }

        return run;
    }
}
