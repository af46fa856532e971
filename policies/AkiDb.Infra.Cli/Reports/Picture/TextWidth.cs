namespace AkiDb.Infra.Cli.Reports.Picture;

/// <summary>How wide a text will be, near enough to cut it in time: SVG text neither wraps nor shrinks. Widths are those of
/// the widest of the page's faces (DejaVu Sans, rounded up), so that no usual font runs out of its box.</summary>
internal static class TextWidth
{
    // Semi-bold letters of the same face are wider by so much.
    private const double Bold = 1.13;

    // Sums of widths are not exact: a text that just fits must not lose its end.
    private const double Tolerance = 0.5;

    /// <summary>The width in the font size's unit.</summary>
    public static double Of(string text, double fontSize, bool isBold = false) => text.Sum(Em) * fontSize * (isBold ? Bold : 1);

    /// <summary><paramref name="text"/>, cut with an ellipsis where it is wider than <paramref name="width"/>.</summary>
    public static string Fit(string text, double fontSize, double width, bool isBold = false)
    {
        if (Of(text, fontSize, isBold) <= width + Tolerance)
            return text;
        var left = (width / fontSize / (isBold ? Bold : 1)) - Em('…');
        var length = 0;
        while (length < text.Length && (left -= Em(text[length])) >= 0)
            length++;
        // Never half a surrogate pair.
        if (length > 0 && char.IsHighSurrogate(text[length - 1]))
            length--;
        return text[..length] + "…";
    }

    private static double Em(char letter) => letter switch
    {
        'i' or 'j' or 'l' or '.' or ',' or ':' or ';' or '|' or '\'' or '!' => 0.32,
        'f' or 't' or 'r' or 'I' or '-' or '/' or '(' or ')' or '[' or ']' or ' ' or '·' => 0.4,
        'm' or 'M' or 'w' or 'W' or '@' or '%' or '…' => 1,
        >= 'A' and <= 'Z' => 0.72,
        // Other scripts: as wide as a letter gets.
        > '\u2e80' => 1.05,
        _ => 0.635,
    };
}
