using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace AkiDb.SearchEngine.Api;

/// <summary>How answers are written: as they are read, apostrophes and umlauts included. They are JSON and say so; no page takes them for markup.</summary>
internal static class JsonText
{
    private static readonly SearchValues<char> Blanks = SearchValues.Create(" \t\r\n");

    public static JsonWriterOptions Options { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Valid JSON without the blanks between its parts, so on one line; numbers and texts stay as they were written.</summary>
    public static string Minify(string json)
    {
        if (!json.AsSpan().ContainsAny(Blanks))
        {
            return json;
        }

        var text = new StringBuilder(json.Length);
        var isInText = false;
        for (var i = 0; i < json.Length; i++)
        {
            var c = json[i];
            if (!isInText && Blanks.Contains(c))
            {
                continue;
            }

            text.Append(c);
            if (c == '"')
            {
                isInText = !isInText;
            }
            else if (c == '\\')
            {
                // What is escaped, a quotation mark perhaps, belongs to it.
                text.Append(json[++i]);
            }
        }

        return text.ToString();
    }
}
