using System.CommandLine;
using System.Text.RegularExpressions;

namespace AkiDb.CommandLine;

/// <summary>A program with a command line, from its arguments to its exit code.</summary>
public static partial class CommandLineProgram
{
    /// <summary>Exit code for a command line, a setting or a file that is wrong.</summary>
    public const int BadInput = 2;

    // Two seconds are the default: less than any drain takes. The servers themselves limit theirs.
    private static readonly TimeSpan TimeToEnd = TimeSpan.FromMinutes(2);

    /// <summary>Runs the command that the arguments name, to its end or for two minutes after SIGINT or SIGTERM.</summary>
    /// <param name="root">The commands.</param>
    /// <param name="name">What a person types to start it, for example <c>akidb router</c>.</param>
    /// <param name="args">The arguments.</param>
    /// <returns>The command's exit code, or 2 after a line on standard error for each argument that is wrong.</returns>
    public static async Task<int> RunAsync(RootCommand root, string name, string[] args)
    {
        var parsed = root.Parse(args);
        if (parsed.Errors.Count == 0)
        {
            return await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeToEnd });
        }

        foreach (var error in parsed.Errors)
        {
            await Console.Error.WriteLineAsync(InPlainWords(error.Message));
        }

        var command = parsed.CommandResult.Command is RootCommand ? name : $"{name} {parsed.CommandResult.Command.Name}";
        await Console.Error.WriteLineAsync($"'{command} --help' has the options.");
        return BadInput;
    }

    // The library names .NET's types, which mean nothing to who typed the value.
    private static string InPlainWords(string message) => OfWrongType().Match(message) is { Success: true } found && KindOf(found.Groups["type"].Value) is { } kind
        ? $"{found.Groups["option"].Value} is '{found.Groups["value"].Value}'; wanted {kind}."
        : message;

    private static string? KindOf(string type) => type switch
    {
        _ when type.Contains(".Int", StringComparison.Ordinal) => "a whole number",
        _ when type.Contains(".Double", StringComparison.Ordinal) || type.Contains(".Decimal", StringComparison.Ordinal) => "a number",
        _ when type.Contains(".TimeOnly", StringComparison.Ordinal) => "a time as 15:00",
        _ when type.Contains(".DateOnly", StringComparison.Ordinal) => "a date as 2026-11-22",
        _ => null,
    };

    [GeneratedRegex(@"^Cannot parse argument '(?<value>.*)' for option '(?<option>[^']+)' as expected type '(?<type>[^']+)'\.$",
        RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex OfWrongType();
}
