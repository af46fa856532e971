using System.CommandLine;
using AkiDb.Infra.Cli.Environments;
using AkiDb.Infra.Cli.Reports;
using AkiDb.Infra.Cli.Reports.Diff;
using AkiDb.Infra.Cli.Reports.Html;
using AkiDb.Infra.Plan.Json;

namespace AkiDb.Infra.Cli.Commands;

/// <summary><c>akidb diff</c>: what differs between two environments, plans or revisions.</summary>
internal static class DiffCommand
{
    private static readonly Argument<string?> First = new("before")
    {
        Description = "An environment, a plan file, or a git revision; without any, every environment is compared with the last commit",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Argument<string?> Second = new("after")
    {
        Description = "What to compare it with: an environment, a plan file, or a git revision; without any, the working tree",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Option<string?> Base = new("--base")
    {
        Description = "Compare an environment of the working tree with this git revision (default: HEAD)",
        HelpName = "REVISION",
    };

    private static readonly Option<bool> Json = new("--json") { Description = "Write the differences as JSON (docs/diff.md)" };

    private static readonly Option<FileInfo?> Html = new("--html") { Description = "Write them as one page for the browser", HelpName = "FILE" };

    private static readonly Option<bool> Tree = new("--tree") { Description = "Show every resource of a component that was added or removed as a whole" };

    private static readonly Option<bool> ExitCodeOption = new("--exit-code") { Description = "Exit with 1 where something differs" };

    public static Command Create()
    {
        var command = new Command("diff", "Say what differs between two environments, two plan files, or the working tree and a git revision")
        {
            First, Second, Base, Json, Html, Tree, ExitCodeOption,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancel)
    {
        var source = new DiffSource(Repository.Find());
        var pairs = await source.ReadAsync(arguments.GetValue(First), arguments.GetValue(Second), arguments.GetValue(Base), cancel);

        if (arguments.GetValue(Html) is { } file)
            OutputFile.Write("--html", file.ToString(), stream => stream.Write(DiffPage.Of(pairs).ToBytes()));

        if (arguments.GetValue(Json))
        {
            await using var output = Console.OpenStandardOutput();
            DiffJson.Write(output, pairs.Select(pair => (pair.BeforeTitle, pair.AfterTitle, pair.Diff)));
        }
        else
        {
            var console = Terminal.Create();
            foreach (var pair in pairs)
                new DiffReport(console, pair).Write(everyResource: arguments.GetValue(Tree));
        }

        return arguments.GetValue(ExitCodeOption) && pairs.Any(pair => !pair.Diff.IsEmpty) ? ExitCode.Findings : ExitCode.Clean;
    }
}
