using System.Runtime.InteropServices;
using System.Text.Json;

namespace AkiDb.SearchEngine.Filters;

/// <summary>What a metadata value is, as far as a filter can tell.</summary>
internal enum MetadataKind
{
    Boolean,
    Number,
    Text,
}

/// <summary>One scalar of a document's metadata.</summary>
/// <param name="Kind">Its kind; values of different kinds are never equal, less or greater.</param>
/// <param name="Number">The number, or the double next to it; 0 or 1 for a Boolean.</param>
/// <param name="Text">The text, else null.</param>
/// <param name="Rest">What a whole number of up to 64 bits has beyond <paramref name="Number"/>, else 0.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct MetadataValue(MetadataKind Kind, double Number, string? Text, short Rest = 0)
{
    // From here on doubles do not tell neighbouring whole numbers apart.
    private const double FirstInexact = 9_007_199_254_740_992;

    public static MetadataValue Of(bool value) => new(MetadataKind.Boolean, value ? 1 : 0, null);

    /// <summary>A JSON number; infinite where it is out of range.</summary>
    public static MetadataValue OfNumber(JsonElement value)
    {
        var number = value.GetDouble();
        return new MetadataValue(MetadataKind.Number, number, null,
            Math.Abs(number) < FirstInexact ? (short)0
            : value.TryGetInt64(out var signed) ? (short)(signed - (Int128)number)
            : value.TryGetUInt64(out var unsigned) ? (short)(unsigned - (Int128)number)
            : (short)0);
    }

    /// <summary>False for a whole number that is written out and has more than 64 bits: others may be taken for it.</summary>
    public static bool IsExact(JsonElement number) =>
        Math.Abs(number.GetDouble()) < FirstInexact || number.TryGetInt64(out _) || number.TryGetUInt64(out _) || number.GetRawText().AsSpan().ContainsAny(".eE");

    public static MetadataValue Of(string value) => new(MetadataKind.Text, 0, value);

    /// <summary>Sign of the comparison; null where the kinds differ. Texts compare by code unit, as ISO dates sort.</summary>
    public int? CompareTo(in MetadataValue other) => Kind != other.Kind ? null
        : Kind == MetadataKind.Text ? string.CompareOrdinal(Text, other.Text)
        : Number.CompareTo(other.Number) is not 0 and var sign ? sign
        : Rest.CompareTo(other.Rest);
}

/// <summary>A value in a field. A field with a list has one cell an element.</summary>
/// <param name="Field">Number of the field in <see cref="FieldNames"/>.</param>
/// <param name="Value">The value.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct MetadataCell(int Field, MetadataValue Value);
