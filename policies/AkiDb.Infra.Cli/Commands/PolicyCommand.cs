using System.CommandLine;
using AkiDb.Infra.Cli.Environments;
using AkiDb.Infra.Cli.Reports;
using AkiDb.Infra.Cli.Reports.Policies;
using AkiDb.Infra.Policies;

namespace AkiDb.Infra.Cli.Commands;

/// <summary><c>akidb policy</c>: what in an environment must not be built.</summary>
internal static class PolicyCommand
{
    private static readonly PlanArguments Which = new();

    private static readonly Option<bool> Json = new("--json") { Description = "Write the findings as JSON" };

    private static readonly Option<FileInfo?> Sarif = new("--sarif") { Description = "Also write SARIF 2.1.0, which code hosts turn into annotations", HelpName = "FILE" };

    private static readonly Option<FileInfo?> JUnit = new("--junit") { Description = "Also write JUnit XML, one test case a rule", HelpName = "FILE" };

    private static readonly Option<string?> Explain = new("--explain") { Description = "Say why a rule exists and how to follow it", HelpName = "RULE" };

    private static readonly Option<bool> List = new("--list") { Description = "List the rules" };

    private static readonly Option<DateOnly?> On = new("--on")
    {
        Description = "Judge as on this date (2027-06-30) instead of today: which versions and exemptions will have run out by then",
        HelpName = "DATE",
        CustomParser = result => Parsing.Date(result),
    };

    private static readonly Option<bool> Markdown = new("--docs") { Description = "Write the list of rules as Markdown (docs/policies.md)" };

    public static Command Create()
    {
        var command = new Command("policy", "Check an environment against the rules")
        {
            Which.Environment, Which.PlanFile, Json, Sarif, JUnit, Explain, List, On, Markdown,
        };
        command.SetAction((arguments, _) => RunAsync(arguments));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult arguments)
    {
        if (arguments.GetValue(Explain) is { } name)
        {
            RuleText.Explain(Terminal.Create(), RuleText.Find(name));
            return ExitCode.Clean;
        }

        if (arguments.GetValue(List))
        {
            RuleText.List(Terminal.Create());
            return ExitCode.Clean;
        }

        if (arguments.GetValue(Markdown))
        {
            Console.Write(RuleMarkdown.Write());
            return ExitCode.Clean;
        }

        var plan = await StepProgress.ShowAsync("Evaluating the stack", () => Which.LoadAsync(arguments));
        var repository = Repository.Find();
        var report = new PolicyCheckup(repository, arguments.GetValue(On) ?? PolicyCheckup.Today(TimeProvider.System)).Run(plan);
        WriteFiles(arguments, report, repository);
        if (arguments.GetValue(Json))
        {
            await using var output = Console.OpenStandardOutput();
            PolicyJson.Write(output, report);
        }
        else
        {
            new PolicyText(Terminal.Create(), report).Write();
        }

        return report.IsBlocking ? ExitCode.Findings : ExitCode.Clean;
    }

    private static void WriteFiles(ParseResult arguments, PolicyReport report, Repository repository)
    {
        if (arguments.GetValue(Sarif) is { } sarif)
            OutputFile.Write("--sarif", sarif.ToString(), stream => SarifReport.Write(stream, report, new SourceIndex(repository.Root)));
        if (arguments.GetValue(JUnit) is { } junit)
            OutputFile.Write("--junit", junit.ToString(), stream => JUnitReport.Write(stream, report));
    }
}
