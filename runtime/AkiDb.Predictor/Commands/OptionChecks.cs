using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace AkiDb.Predictor.Commands;

/// <summary>Checks that options of several commands share; all errors are told together, before any work.</summary>
internal static class OptionChecks
{
    /// <summary>Refuses an empty text.</summary>
    /// <param name="option">The option.</param>
    /// <param name="allowed">What it wants instead, for the error.</param>
    public static T Filled<T>(this T option, string allowed)
        where T : Option
    {
        option.Validators.Add(result => Check(result, !result.Tokens.Any(token => string.IsNullOrWhiteSpace(token.Value)), allowed));
        return option;
    }

    /// <summary>Refuses what is no name of an enumeration: its own parser takes every number, and names with commas between.</summary>
    public static T NameOf<T, TEnum>(this T option)
        where T : Option
        where TEnum : struct, Enum
    {
        var names = Enum.GetNames<TEnum>();
        option.Validators.Add(result => Check(
            result, result.Tokens.All(token => names.Contains(token.Value, StringComparer.OrdinalIgnoreCase)), string.Join(", ", names)));
        return option;
    }

    /// <summary>Refuses a file that cannot be read.</summary>
    public static T Readable<T>(this T option)
        where T : Option
    {
        option.Validators.Add(result => Check(result, result.Tokens.All(token => IsReadable(token.Value)), "a file that can be read"));
        return option;
    }

    /// <summary>Adds the error of an option whose value is out of range, or none of its type.</summary>
    public static void Check<T>(OptionResult result, Predicate<T?> isGood, string allowed) => Check(result, TryGet(result, out T? value) && isGood(value), allowed);

    /// <summary>Adds the error of an option whose value is out of range; all such errors are told together.</summary>
    public static void Check(OptionResult result, bool isGood, string allowed)
    {
        if (!isGood)
        {
            var value = string.Join(' ', result.Tokens.Select(token => token.Value));
            result.AddError(string.Create(CultureInfo.InvariantCulture, $"{result.Option.Name}: '{value}' is not allowed; allowed: {allowed}."));
        }
    }

    private static bool IsReadable(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return false;
        }
    }

    private static bool TryGet<T>(OptionResult result, out T? value)
    {
        try
        {
            value = result.GetValueOrDefault<T>();
            return true;
        }
        catch (InvalidOperationException)
        {
            // The parser says by this that the text is no T.
            value = default;
            return false;
        }
    }
}
