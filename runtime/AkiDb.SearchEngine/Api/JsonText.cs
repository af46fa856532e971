using System.Text.Encodings.Web;
using System.Text.Json;

namespace AkiDb.SearchEngine.Api;

/// <summary>How answers are written: as they are read, apostrophes and umlauts included. They are JSON and say so; no page takes them for markup.</summary>
internal static class JsonText
{
    public static JsonWriterOptions Options { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
