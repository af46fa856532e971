using Spectre.Console;

namespace AkiDb.Infra.Cli.Reports;

/// <summary>Where reports go: colours and lines on a terminal, plain text elsewhere.</summary>
internal static class Terminal
{
    // Wider than anything that is written: where no terminal says how wide it is (CI logs, pipes), nothing is cut or wrapped.
    private const int PlainWidth = short.MaxValue;

    /// <summary>A console for standard output.</summary>
    public static IAnsiConsole Create()
    {
        var isPlain = Console.IsOutputRedirected || Environment.GetEnvironmentVariable("NO_COLOR") is { Length: > 0 };
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = isPlain ? AnsiSupport.No : AnsiSupport.Detect,
            ColorSystem = isPlain ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
        });
        if (Console.IsOutputRedirected)
            console.Profile.Width = PlainWidth;
        return console;
    }
}
