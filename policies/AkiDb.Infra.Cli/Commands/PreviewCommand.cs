using System.CommandLine;
using System.Diagnostics;
using AkiDb.Infra.Cli.Environments;
using AkiDb.Infra.Cli.Reports;
using AkiDb.Infra.Cli.Reports.Html;
using AkiDb.Infra.Plan;
using AkiDb.Infra.Plan.Json;
using AkiDb.Infra.Plan.Schema;

namespace AkiDb.Infra.Cli.Commands;

/// <summary><c>akidb preview</c>: what an environment would be.</summary>
internal static class PreviewCommand
{
    private static readonly Argument<string?> Environment = new("environment")
    {
        Description = "dev, staging, prod, any other that has a Pulumi.ENVIRONMENT.yaml, or bootstrap: what an account needs once",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Option<FileInfo?> PlanFile = new("--plan")
    {
        Description = "Show this plan instead: a file of 'akidb preview --json' or 'pulumi preview --json --show-sames'",
        HelpName = "FILE",
    };

    private static readonly Option<bool> Json = new("--json") { Description = "Write the plan as JSON (docs/plan-format.md)" };

    private static readonly Option<FileInfo?> Html = new("--html")
    {
        Description = "Write it as one page for the browser: picture, every input, findings",
        HelpName = "FILE",
    };

    private static readonly Option<bool> Deployable = new("--deployable")
    {
        Description = "Show what 'pulumi up' would make now: without the workloads whose image was never pushed",
    };

    private static readonly Option<bool> Tree = new("--tree") { Description = "Show every resource, not only the components" };

    private static readonly Option<string?> Resource = new("--resource")
    {
        Description = "Show the resources of this name, or part of a URN, with their inputs",
        HelpName = "NAME",
    };

    public static Command Create()
    {
        var command = new Command("preview", "Evaluate an environment without a cloud and show what it would be")
        {
            Environment, PlanFile, Deployable, Json, Html, Tree, Resource,
        };
        command.SetAction((arguments, _) => RunAsync(arguments));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult arguments)
    {
        var watch = Stopwatch.StartNew();
        var plan = await StepProgress.ShowAsync("Evaluating the stack", () => LoadAsync(arguments));
        var violations = SchemaCheck.Load().Check(plan);
        var exitCode = violations.IsEmpty ? ExitCode.Clean : ExitCode.Findings;

        if (arguments.GetValue(Html) is { } file)
        {
            var page = new PreviewPage(plan, [.. PageFinding.Duplicates(plan), .. violations.Select(PageFinding.Of)]);
            OutputFile.Write("--html", file.ToString(), stream => stream.Write(page.ToPage().ToBytes()));
        }

        if (arguments.GetValue(Json))
        {
            await using var output = Console.OpenStandardOutput();
            PlanJson.Write(output, plan);
            foreach (var violation in violations)
                await Console.Error.WriteLineAsync(violation.ToString());
            return exitCode;
        }

        var console = Terminal.Create();
        if (arguments.GetValue(Resource) is { } name)
            return ResourceReport.Write(console, plan, name) ? exitCode : throw new BadInputException(ResourceReport.NotFound(plan, name));

        new PreviewReport(console, plan, violations).Write(everyResource: arguments.GetValue(Tree), watch.Elapsed);
        return exitCode;
    }

    private static Task<StackPlan> LoadAsync(ParseResult arguments) => (arguments.GetValue(PlanFile), arguments.GetValue(Environment)) switch
    {
        ({ } file, null) => PlanProvider.ReadAsync(file),
        (null, { } environment) => new PlanProvider(Repository.Find()).EvaluateAsync(environment, assumeImages: !arguments.GetValue(Deployable)),
        ({ }, { }) => throw new BadInputException("Give an environment or --plan FILE, not both."),
        _ => throw new BadInputException($"Which environment? There are {string.Join(", ", Repository.Find().Environments)}."),
    };
}
