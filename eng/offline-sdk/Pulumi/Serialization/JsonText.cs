using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Pulumi.Serialization;

/// <summary>
/// JSON text of inputs that a provider wants so. It is laid out as the published SDK does it, with spaces inside brackets and
/// sorted keys, because a plan compares texts.
/// </summary>
internal static class JsonText
{
    /// <summary>The JSON text of an input: a plain text, or an output when the input is one.</summary>
    public static Input<string> OfInput(string path, object value)
    {
        return value is IInput input
            ? input.ToUntypedOutput().ApplyUntyped(WriteAsync)
            : Output.Create(WriteAsync(value));

        async Task<string> WriteAsync(object? present)
            => Write(await new PropertySerializer(keepResources: false).SerializeAsync(path, present).ConfigureAwait(false));
    }

    public static string Write(object? wire)
    {
        var text = new StringBuilder();
        Append(text, wire);
        return text.ToString();
    }

    private static void Append(StringBuilder text, object? wire)
    {
        switch (wire)
        {
            case null:
                text.Append("null");
                break;
            case bool flag:
                text.Append(flag ? "true" : "false");
                break;
            case double number:
                AppendNumber(text, number);
                break;
            case string value:
                AppendString(text, value);
                break;
            case ImmutableArray<object?> list:
                AppendAll(text, '[', list, ']', item => Append(text, item));
                break;
            case ImmutableDictionary<string, object?> entries:
                AppendAll(text, '{', entries.OrderBy(entry => entry.Key, StringComparer.Ordinal), '}', entry =>
                {
                    AppendString(text, entry.Key);
                    text.Append(": ");
                    Append(text, entry.Value);
                });
                break;
            default:
                throw new InvalidOperationException($"{wire.GetType().FullName} is not a value of the wire format.");
        }
    }

    private static void AppendAll<T>(StringBuilder text, char open, IEnumerable<T> items, char close, Action<T> append)
    {
        text.Append(open);
        var separator = " ";
        foreach (var item in items)
        {
            text.Append(separator);
            append(item);
            separator = ", ";
        }

        text.Append(' ').Append(close);
    }

    private static void AppendNumber(StringBuilder text, double number)
    {
        var digits = number.ToString("r", CultureInfo.InvariantCulture);
        text.Append(double.IsFinite(number) ? digits : $"\"{digits}\"");
    }

    private static void AppendString(StringBuilder text, string value)
    {
        text.Append('"');
        foreach (var character in value)
        {
            _ = character switch
            {
                '"' => text.Append("\\\""),
                '\\' => text.Append("\\\\"),
                '\b' => text.Append("\\b"),
                '\f' => text.Append("\\f"),
                '\n' => text.Append("\\n"),
                '\r' => text.Append("\\r"),
                '\t' => text.Append("\\t"),
                _ when MustEscape(character) => text.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}"),
                _ => text.Append(character),
            };
        }

        text.Append('"');
    }

    /// <summary>Control and formatting characters, and the brackets that would end a script element.</summary>
    private static bool MustEscape(char character)
        => character is < ' ' or '<' or '>' or (>= '\u007f' and <= '\u009f') or '\u00ad' or '\u06dd' or '\u070f'
            or '\u17b4' or '\u17b5' or (>= '\u200b' and <= '\u200f') or (>= '\u2028' and <= '\u202e')
            or (>= '\u2060' and <= '\u2064') or (>= '\u206a' and <= '\u206f') or '\ufeff' or (>= '\ufff9' and <= '\ufffb');
}
