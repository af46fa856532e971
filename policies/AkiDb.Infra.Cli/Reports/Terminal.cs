using Spectre.Console;

namespace AkiDb.Infra.Cli.Reports;

/// <summary>Where reports go: colours and lines on a terminal, plain text elsewhere.</summary>
internal static class Terminal
{
    // Wide enough that nothing is cut where no terminal says how wide it is (CI logs, pipes).
    private const int PlainWidth = 160;

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
