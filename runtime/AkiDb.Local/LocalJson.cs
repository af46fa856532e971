using System.Text.Json;

namespace AkiDb.Local;

/// <summary>How this project reads and writes JSON: camelCase, numbers as they are.</summary>
internal static class LocalJson
{
    public static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    /// <summary>The same, for people too.</summary>
    public static readonly JsonSerializerOptions Indented = new(JsonSerializerDefaults.Web) { WriteIndented = true };
}
