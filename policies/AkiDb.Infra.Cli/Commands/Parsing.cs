using System.CommandLine.Parsing;
using System.Globalization;

namespace AkiDb.Infra.Cli.Commands;

/// <summary>Reads values of options; what cannot be read is said in words of the user's.</summary>
internal static class Parsing
{
    /// <summary>A whole number of days, <paramref name="least"/> to <paramref name="most"/>.</summary>
    public static int Days(ArgumentResult result, int least, int most)
    {
        var text = Text(result);
        if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var days) && days >= least && days <= most)
            return days;
        result.AddError($"{Option(result)} is '{text}'; want whole days, {least} to {most}.");
        return least;
    }

    /// <summary>A date as 2026-11-22.</summary>
    public static DateOnly Date(ArgumentResult result)
    {
        var text = Text(result);
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
            return date;
        result.AddError($"{Option(result)} is '{text}'; want a date as 2026-11-22.");
        return default;
    }

    private static string Text(ArgumentResult result) => string.Join(' ', result.Tokens.Select(token => token.Value));

    private static string Option(ArgumentResult result) => (result.Parent as OptionResult)?.Option.Name ?? result.Argument.Name;
}
