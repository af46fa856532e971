using AkiDb.Embedding;

namespace AkiDb.SearchEngine.Commands;

/// <summary>Opens the embedding model that a command names.</summary>
internal static class Models
{
    /// <summary>The model where none is named.</summary>
    public const string Default = "none";

    /// <summary>The model; null for <c>none</c>.</summary>
    public static ITextEmbedder? Open(string name) => name == "none" ? null : throw new Hosting.SettingsException([$"--model '{name}' is unknown; wanted none"]);
}
