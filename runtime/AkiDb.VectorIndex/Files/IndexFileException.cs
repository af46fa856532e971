namespace AkiDb.VectorIndex.Files;

/// <summary>A file is not an index this version can open, or is damaged.</summary>
public sealed class IndexFileException : Exception
{
    /// <summary>Describes what is wrong with which part of which file.</summary>
    public IndexFileException(string path, string section, string found, string wanted)
        : base($"Index file '{path}', {section}: found {found}; wanted {wanted}.")
    {
        Path = path;
        Section = section;
        Found = found;
        Wanted = wanted;
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>The part of the file: "header", or a section's name.</summary>
    public string Section { get; }

    /// <summary>What stands there.</summary>
    public string Found { get; }

    /// <summary>What would be right.</summary>
    public string Wanted { get; }
}
