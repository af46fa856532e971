using System.CommandLine;
using AkiDb.Infra.Cli.Environments;
using AkiDb.Infra.Cli.Environments.Revisions;
using AkiDb.Infra.Cli.PullRequests;
using AkiDb.Infra.Cli.Reports;
using AkiDb.Infra.Cli.Reports.Policies;
using AkiDb.Infra.Plan;

namespace AkiDb.Infra.Cli.Commands;

/// <summary><c>akidb pr</c>: what a pull request changes, as one comment.</summary>
internal static class PullRequestCommand
{
    private static readonly Argument<string[]> Environments = new("environments")
    {
        Description = "Environments to compare; all where none is named",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private static readonly Option<string?> Base = new("--base") { Description = "Revision to compare with, e.g. origin/main", HelpName = "REV" };

    private static readonly Option<FileInfo[]> BasePlans = new("--base-plan")
    {
        Description = "Plan files to compare with instead of a revision; the environment stands in the file",
        HelpName = "FILE",
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = true,
    };

    private static readonly Option<FileInfo[]> Plans = new("--plan")
    {
        Description = "Plan files of the pull request instead of the checkout, e.g. of 'pulumi preview --json --show-sames'",
        HelpName = "FILE",
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = true,
    };

    private static readonly Option<FileInfo?> Output = new("--output") { Description = "Write the comment to a file instead of standard output", HelpName = "FILE" };

    private static readonly Option<DirectoryInfo?> Sarif = new("--sarif") { Description = "Also write one SARIF file an environment into a folder", HelpName = "FOLDER" };

    public static Command Create()
    {
        var command = new Command("pr", "Compare with another revision and write one comment: plan, policies")
        {
            Environments, Base, BasePlans, Plans, Output, Sarif,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancel)
    {
        var repository = Repository.Find();
        // Before the base is checked out and built: that takes minutes.
        if (arguments.GetValue(Output) is { } output)
            OutputFile.Check("--output", output);
        if (arguments.GetValue(Sarif) is { } folder)
            OutputFile.Check("--sarif", folder);
        var after = await StepProgress.ShowAsync("Evaluating the pull request", () => CurrentPlansAsync(arguments, repository));
        var before = await StepProgress.ShowAsync("Evaluating the base", () => BasePlansAsync(arguments, repository, [.. after.Select(plan => plan.Stack)], cancel));
        // Both sides are judged by this checkout's rules and exemptions: a stricter rule shows what it finds in the base as remaining.
        var checkup = new PolicyCheckup(repository, PolicyCheckup.Today(TimeProvider.System));
        var comparisons = after.Select(plan => new EnvironmentComparison(
            before.TryGetValue(plan.Stack, out var old) ? checkup.Run(old) : null, checkup.Run(plan),
            (CostOf(repository, old), CostOf(repository, plan)))).ToList();
        Write(arguments, CommentMarkdown.Write(comparisons));
        WriteSarif(arguments, repository, comparisons);
        return comparisons.Exists(comparison => comparison.IsBlocking) ? ExitCode.Findings : ExitCode.Clean;
    }

    // Both sides with this checkout's prices and usage, so that the difference is the plan's alone.
    private static decimal? CostOf(Repository repository, StackPlan? plan) =>
        plan is null ? null : CostInputs.EstimateOf(repository, plan)?.Estimate.TotalUsd;

    private static async Task<List<StackPlan>> CurrentPlansAsync(ParseResult arguments, Repository repository)
    {
        var plans = new List<StackPlan>();
        if (arguments.GetValue(Plans) is { Length: > 0 } files)
        {
            foreach (var file in files)
                plans.Add(await PlanProvider.ReadAsync(file));
            return plans;
        }

        var provider = new PlanProvider(repository);
        foreach (var environment in arguments.GetValue(Environments) is { Length: > 0 } named ? named : repository.Environments)
            plans.Add(await provider.EvaluateAsync(environment));
        return plans;
    }

    private static async Task<Dictionary<string, StackPlan>> BasePlansAsync(
        ParseResult arguments, Repository repository, IReadOnlyList<string> environments, CancellationToken cancel)
    {
        var plans = new Dictionary<string, StackPlan>();
        switch (arguments.GetValue(Base), arguments.GetValue(BasePlans))
        {
            case (null, { Length: > 0 } files):
                foreach (var file in files)
                {
                    var plan = await PlanProvider.ReadAsync(file);
                    plans[plan.Stack] = plan;
                }

                return plans;
            case ({ } revision, null or []):
                await using (var checkout = await RevisionCheckout.CreateAsync(repository, revision, cancel))
                {
                    foreach (var environment in environments.Intersect(checkout.Repository.Environments))
                        plans[environment] = await checkout.PlanAsync(environment, cancel);
                }

                return plans;
            default:
                throw new BadInputException("Compare with what? Give --base REV, or --base-plan FILE, not both.");
        }
    }

    private static void Write(ParseResult arguments, string comment)
    {
        if (arguments.GetValue(Output) is { } file)
            OutputFile.Write("--output", file.ToString(), comment);
        else
            Console.Write(comment);
    }

    private static void WriteSarif(ParseResult arguments, Repository repository, List<EnvironmentComparison> comparisons)
    {
        if (arguments.GetValue(Sarif) is not { } folder)
            return;
        var sources = new SourceIndex(repository.Root);
        foreach (var comparison in comparisons)
            OutputFile.WriteBelow("--sarif", folder, $"{comparison.Environment}.sarif", stream => SarifReport.Write(stream, comparison.After, sources));
    }
}
