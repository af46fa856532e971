namespace AkiDb.Infra.Stacks.Settings;

/// <summary>Which known name someone probably meant.</summary>
internal static class NearestName
{
    /// <summary>The candidate nearest to <paramref name="word"/>, case aside; null where none is near.</summary>
    public static string? Of(string word, IEnumerable<string> candidates)
    {
        var nearest = candidates.Select(name => (Name: name, Distance: Distance(word.ToLowerInvariant(), name.ToLowerInvariant())))
            .OrderBy(candidate => candidate.Distance).ThenBy(candidate => candidate.Name, StringComparer.Ordinal).FirstOrDefault();
        return nearest.Name is not null && nearest.Distance <= Math.Max(2, word.Length / 4) ? nearest.Name : null;
    }

    // Levenshtein over two rows.
    private static int Distance(string left, string right)
    {
        var previous = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var row = 1; row <= left.Length; row++)
        {
            var current = new int[right.Length + 1];
            current[0] = row;
            for (var column = 1; column <= right.Length; column++)
                current[column] = Math.Min(Math.Min(current[column - 1], previous[column]) + 1, previous[column - 1] + (left[row - 1] == right[column - 1] ? 0 : 1));
            previous = current;
        }

        return previous[^1];
    }
}
