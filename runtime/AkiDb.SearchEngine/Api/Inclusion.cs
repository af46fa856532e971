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
            parts |= name switch
            {
                "metadata" => DocumentParts.Metadata,
                "text" => DocumentParts.Text,
                "vector" => DocumentParts.Vector,
                _ => throw ProblemException.Invalid($"include has '{(name is { Length: > 40 } ? name[..39] + "…" : name)}'; wanted any of metadata, text, vector."),
            };
        }

        return parts;
    }
}
