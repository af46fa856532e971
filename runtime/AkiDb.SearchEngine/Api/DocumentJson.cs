using System.Text.Json;
using AkiDb.SearchEngine.Store;

namespace AkiDb.SearchEngine.Api;

/// <summary>Writes stored documents.</summary>
internal static class DocumentJson
{
    /// <summary>Writes the parts that are wanted into the open object.</summary>
    public static void WriteParts(Utf8JsonWriter json, StoredDocument document, DocumentParts parts)
    {
        if (parts.HasFlag(DocumentParts.Metadata))
        {
            json.WritePropertyName("metadata"u8);
            var metadata = document.Metadata ?? "{}";
            // Older stores have metadata as it was sent, and a document must not be more than one line of an export.
            metadata = metadata.AsSpan().ContainsAny('\r', '\n') ? JsonText.Minify(metadata) : metadata;
            // It was valid when it came in; checking it again would cost more than reading it.
            json.WriteRawValue(metadata, skipInputValidation: true);
        }

        if (parts.HasFlag(DocumentParts.Text) && document.Text is { } text)
        {
            json.WriteString("text"u8, text);
        }

        if (parts.HasFlag(DocumentParts.Vector) && document.Vector is { } vector)
        {
            json.WriteStartArray("vector"u8);
            foreach (var component in vector)
            {
                json.WriteNumberValue(component);
            }

            json.WriteEndArray();
        }
    }

    /// <summary>Writes a document as one object, in the form in which it can be put again.</summary>
    public static void Write(Utf8JsonWriter json, StoredDocument document, DocumentParts parts)
    {
        json.WriteStartObject();
        json.WriteString("id"u8, document.Id);
        WriteParts(json, document, parts);
        json.WriteEndObject();
    }
}
