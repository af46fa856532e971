namespace AkiDb.Infra.Cli.Reports.Picture;

/// <summary>How wide a text will be, near enough to cut it in time: SVG text neither wraps nor shrinks. Widths are those of
/// common sans-serif faces (Helvetica's metrics, rounded up), so that no usual font runs out of its box.</summary>
internal static class TextWidth
{
    /// <summary>The width in the font size's unit.</summary>
    public static double Of(string text, double fontSize) => text.Sum(Em) * fontSize;

    /// <summary><paramref name="text"/>, cut with an ellipsis where it is wider than <paramref name="width"/>.</summary>
    public static string Fit(string text, double fontSize, double width)
    {
        if (Of(text, fontSize) <= width)
            return text;
        var left = (width / fontSize) - Em('…');
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
        'i' or 'j' or 'l' or '.' or ',' or ':' or ';' or '|' or '\'' or '!' => 0.28,
        'f' or 't' or 'r' or 'I' or '-' or '/' or '(' or ')' or '[' or ']' or ' ' or '·' => 0.37,
        'm' or 'M' or 'w' or 'W' or '@' or '%' or '…' => 0.95,
        >= 'A' and <= 'Z' => 0.72,
        // Other scripts: as wide as a letter gets.
        > '\u2e80' => 1.05,
        _ => 0.59,
    };
}
