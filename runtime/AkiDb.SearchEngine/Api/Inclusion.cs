namespace AkiDb.SearchEngine.Api;

/// <summary>Which parts of a document an answer carries.</summary>
[Flags]
internal enum DocumentParts
{
    None = 0,
    Metadata = 1,
    Text = 2,
    Vector = 4,
}

/// <summary>Reads a request's <c>include</c>.</summary>
internal static class Inclusion
{
    private static readonly (string Name, DocumentParts Part)[] Parts =
        [("metadata", DocumentParts.Metadata), ("text", DocumentParts.Text), ("vector", DocumentParts.Vector)];

    /// <summary>What may be named.</summary>
    public static IEnumerable<string> Names => Parts.Select(part => part.Name);

    /// <summary>The parts named in a path's query, with commas between them; none for an empty text.</summary>
    /// <exception cref="ProblemException">An unknown name.</exception>
    public static DocumentParts Read(string names) => Read(string.IsNullOrWhiteSpace(names) ? [] : names.Split(',', StringSplitOptions.TrimEntries));

    /// <summary>The parts named; metadata where nothing is said.</summary>
    /// <exception cref="ProblemException">An unknown name.</exception>
    public static DocumentParts Read(IReadOnlyList<string>? names)
    {
        if (names is null)
        {
            return DocumentParts.Metadata;
        }

        var parts = DocumentParts.None;
        foreach (var name in names)
        {
            var known = Array.FindIndex(Parts, part => part.Name == name);
            parts |= known >= 0
                ? Parts[known].Part
                : throw ProblemException.Invalid($"include has '{(name is { Length: > 40 } ? name[..39] + "…" : name)}'; wanted any of {string.Join(", ", Names)}.");
        }

        return parts;
    }
}
