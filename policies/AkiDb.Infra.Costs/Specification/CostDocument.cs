namespace AkiDb.Infra.Costs.Specification;

/// <summary>The parts of docs/costs.md that a command writes, each between two marker comments.</summary>
public static class CostDocument
{
    /// <summary>The document with one part written anew.</summary>
    /// <exception cref="FormatException">The markers of the part are missing.</exception>
    public static string Replace(string document, string part, string content)
    {
        var (open, close) = ($"<!-- {part}: written by 'akidb cost docs' -->\n", $"<!-- end of {part} -->");
        var from = document.IndexOf(open, StringComparison.Ordinal);
        var to = document.IndexOf(close, StringComparison.Ordinal);
        return from >= 0 && to > from
            ? $"{document[..(from + open.Length)]}{content}{document[to..]}"
            : throw new FormatException($"docs/costs.md has no part '{part}'; want the lines '{open.TrimEnd()}' and '{close}'.");
    }
}
