using System.Runtime.InteropServices;

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
/// <param name="Number">The number; 0 or 1 for a Boolean.</param>
/// <param name="Text">The text, else null.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct MetadataValue(MetadataKind Kind, double Number, string? Text)
{
    public static MetadataValue Of(bool value) => new(MetadataKind.Boolean, value ? 1 : 0, null);

    public static MetadataValue Of(double value) => new(MetadataKind.Number, value, null);

    public static MetadataValue Of(string value) => new(MetadataKind.Text, 0, value);

    /// <summary>Sign of the comparison; null where the kinds differ. Texts compare by code unit, as ISO dates sort.</summary>
    public int? CompareTo(in MetadataValue other) => Kind != other.Kind ? null
        : Kind == MetadataKind.Text ? string.CompareOrdinal(Text, other.Text)
        : Number.CompareTo(other.Number);
}

/// <summary>A value in a field. A field with a list has one cell an element.</summary>
/// <param name="Field">Number of the field in <see cref="FieldNames"/>.</param>
/// <param name="Value">The value.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct MetadataCell(int Field, MetadataValue Value);
