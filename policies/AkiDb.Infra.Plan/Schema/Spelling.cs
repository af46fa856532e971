namespace AkiDb.Infra.Plan.Schema;

/// <summary>Which known word someone probably meant.</summary>
public static class Spelling
{
    /// <summary>The candidate nearest to <paramref name="word"/>; null where none is near.</summary>
    public static string? Near(string word, IEnumerable<string> candidates)
    {
        var best = candidates.Order(StringComparer.Ordinal).Select(candidate => (candidate, distance: Distance(word, candidate))).MinBy(pair => pair.distance);
        return best.candidate is not null && best.distance <= Math.Max(2, word.Length / 3) ? best.candidate : null;
    }

    /// <summary>The candidate nearest to <paramref name="word"/> where one is near, else the sorted list (at most 12 words).</summary>
    public static string Nearest(string word, IEnumerable<string> candidates)
    {
        var sorted = candidates.Order(StringComparer.Ordinal).ToList();
        if (Near(word, sorted) is { } near)
            return $"'{near}'";
        return sorted.Count switch
        {
            0 => "nothing here",
            <= 12 => $"one of {string.Join(", ", sorted)}",
            _ => $"one of {sorted.Count} names such as {string.Join(", ", sorted.Take(5))}",
        };
    }

    // Levenshtein over two rows, ignoring case: a wrong case is the commonest slip.
    private static int Distance(string left, string right)
    {
        var previous = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var row = 1; row <= left.Length; row++)
        {
            var current = new int[right.Length + 1];
            current[0] = row;
            for (var column = 1; column <= right.Length; column++)
            {
                var same = char.ToLowerInvariant(left[row - 1]) == char.ToLowerInvariant(right[column - 1]);
                current[column] = Math.Min(
                    Math.Min(current[column - 1], previous[column]) + 1,
                    previous[column - 1] + (same ? 0 : 1));
            }

            previous = current;
        }

        return previous[right.Length];
    }
}
