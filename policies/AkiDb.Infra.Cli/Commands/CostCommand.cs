using System.CommandLine;
using AkiDb.Infra.Cli.Environments;
using AkiDb.Infra.Cli.Reports;
using AkiDb.Infra.Costs.Estimates;
using AkiDb.Infra.Costs.Output;
using AkiDb.Infra.Costs.Prices;

namespace AkiDb.Infra.Cli.Commands;

/// <summary><c>akidb cost</c>: what an environment will cost.</summary>
internal static class CostCommand
{
    private static readonly Argument<string?> Environment = new("environment")
    {
        Description = "dev, staging, prod, or any other that has a Pulumi.ENVIRONMENT.yaml",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Option<FileInfo?> PlanFile = new("--plan") { Description = "Price this plan file instead", HelpName = "FILE" };

    private static readonly Option<string?> Scenario = new("--scenario") { Description = "A scenario of the usage file", HelpName = "NAME" };

    private static readonly Option<string[]> Changes = new("--what-if")
    {
        Description = "Try a change of usage or settings, e.g. edge.priceClass=100, tracing.percent=1, network.natGateways=one, regions=2; may come several times",
        HelpName = "KEY=VALUE",
        AllowMultipleArgumentsPerToken = true,
    };

    private static readonly Option<string?> Base = new("--diff") { Description = "Compare with a plan file or another environment", HelpName = "BASE" };

    private static readonly Option<bool> Json = new("--json") { Description = "Write the estimate as JSON (docs/costs.md)" };

    private static readonly Option<FileInfo?> Html = new("--html") { Description = "Also write a page with charts", HelpName = "FILE" };

    private static readonly Option<bool> Comment = new("--github-comment") { Description = "Write a pull-request comment in Markdown" };

    private static readonly Option<bool> Drivers = new("--drivers") { Description = "Explain the largest lines and try the ways down" };

    private static readonly Option<bool> Tree = new("--tree") { Description = "Show every line, not only the components" };

    public static Command Create()
    {
        var command = new Command("cost", "Estimate what an environment will cost a month")
        {
            Environment, PlanFile, Scenario, Changes, Base, Json, Html, Comment, Drivers, Tree,
            CostActualCommand.Create(), CostDocsCommand.Create(),
        };
        command.SetAction((arguments, _) => RunAsync(arguments));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult arguments)
    {
        var repository = Repository.Find();
        var changes = new WhatIf(arguments.GetValue(Changes) ?? []);
        var inputs = await StepProgress.ShowAsync("Evaluating the stack",
            () => CostInputs.LoadAsync(repository, arguments.GetValue(Environment), arguments.GetValue(PlanFile), changes));
        var estimator = new CostEstimator(PriceBook.Default);
        var usage = changes.Apply(inputs.Profile(arguments.GetValue(Scenario)));
        var estimate = estimator.Estimate(inputs.Plan, usage);
        if (inputs.UsageNote is { } note)
            estimate = estimate with { Notes = [note, .. estimate.Notes] };
        var difference = await CompareAsync(repository, arguments, estimator, estimate);
        var scenarios = inputs.Totals(changes);
        var findings = CostGuards.Check(estimate, difference?.Before, inputs.Limits);

        if (arguments.GetValue(Html) is { } page)
            OutputFile.Write("--html", page.ToString(), EstimateHtml.Of(estimate, scenarios, findings));
        if (arguments.GetValue(Json))
        {
            await using var output = Console.OpenStandardOutput();
            EstimateJson.Write(output, estimate, scenarios);
        }
        else if (arguments.GetValue(Comment))
        {
            Console.Write(EstimateMarkdown.Of(estimate, difference, scenarios, findings));
        }
        else
        {
            var report = new CostReport(Terminal.Create(), estimate);
            report.Write(everyLine: arguments.GetValue(Tree));
            report.WritePriceClass([.. PriceClassReport.Effects(inputs.Plan), .. PriceClassReport.Alternatives(inputs.Plan, usage, estimate, estimator)]);
            report.WriteScenarios(scenarios);
            if (difference is not null)
                report.WriteDifference(difference);
            if (arguments.GetValue(Drivers))
                report.WriteDrivers(CostDrivers.Levers(inputs.Plan, usage, estimate, estimator), CommitmentAnalysis.Of(estimate, PriceBook.Default));
            report.WriteVerdict(findings);
        }

        return findings.IsEmpty && !estimate.Errors.Any() ? ExitCode.Clean : ExitCode.Findings;
    }

    // The base of a what-if is the environment as it stands; else it is what --diff names.
    private static async Task<CostDifference?> CompareAsync(Repository repository, ParseResult arguments, CostEstimator estimator, CostEstimate estimate)
    {
        var none = new WhatIf([]);
        var scenario = arguments.GetValue(Scenario);
        if (arguments.GetValue(Base) is { } name)
        {
            var file = new FileInfo(name);
            if (!file.Exists && name != Repository.Bootstrap && !repository.Environments.Contains(name))
                throw new BadInputException($"--diff '{name}' is neither a plan file that is there nor an environment (there are {string.Join(", ", repository.Environments)}); a revision's plan file is made in its checkout by 'akidb preview ENVIRONMENT --json'.");
            var inputs = await CostInputs.LoadAsync(repository, file.Exists ? null : name, file.Exists ? file : null, none);
            // Another environment may not have the scenario; its own default then counts.
            var has = inputs.Usage?.Scenarios.Contains(scenario ?? "") ?? false;
            return CostDifference.Between(estimator.Estimate(inputs.Plan, inputs.Profile(has ? scenario : null)), estimate);
        }

        if (arguments.GetValue(Changes) is not { Length: > 0 })
            return null;
        var unchanged = await CostInputs.LoadAsync(repository, arguments.GetValue(Environment), arguments.GetValue(PlanFile), none);
        return CostDifference.Between(estimator.Estimate(unchanged.Plan, unchanged.Profile(scenario)), estimate);
    }
}
