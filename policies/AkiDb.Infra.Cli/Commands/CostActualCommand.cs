using System.CommandLine;
using AkiDb.Infra.Cli.Environments;
using AkiDb.Infra.Cli.Reports;
using AkiDb.Infra.Costs.Actuals;
using AkiDb.Infra.Costs.Estimates;
using AkiDb.Infra.Costs.Output;
using AkiDb.Infra.Costs.Prices;
using Spectre.Console;

namespace AkiDb.Infra.Cli.Commands;

/// <summary><c>akidb cost actual</c>: what was spent, beside the estimate.</summary>
internal static class CostActualCommand
{
    private static readonly Argument<string> Environment = new("environment") { Description = "dev, staging, prod: value of the tag 'environment' on the bill" };

    private static readonly Option<int> Days = new("--days") { Description = "Whole days up to yesterday", DefaultValueFactory = _ => 7, HelpName = "N", CustomParser = result => Parsing.Days(result, 1, 90) };

    private static readonly Option<string?> Tag = new("--tag") { Description = "Split by this tag beside the service instead of by region", HelpName = "KEY" };

    private static readonly Option<bool> Outlook = new("--forecast") { Description = "Also ask for the forecast of 30 days and for anomalies: two more requests" };

    public static Command Create()
    {
        var command = new Command("actual", "Read what was spent from Cost Explorer ($0.01 a page) and put it beside the estimate") { Environment, Days, Tag, Outlook };
        command.SetAction((arguments, cancel) => RunAsync(arguments, TimeProvider.System, cancel));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult arguments, TimeProvider clock, CancellationToken cancel)
    {
        var (environment, days) = (arguments.GetValue(Environment)!, arguments.GetValue(Days));
        var repository = Repository.Find();
        var inputs = await CostInputs.LoadAsync(repository, environment, null, new WhatIf([]));
        var estimate = new CostEstimator(PriceBook.Default).Estimate(inputs.Plan, inputs.Profile(null));

        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        var from = today.AddDays(-days);
        var split = arguments.GetValue(Tag) is { } tag ? $"tag:{tag}" : "REGION";
        var explorer = new CostExplorerClient(AwsAccess.CostExplorer());
        var cache = new ActualCache(Path.Combine(repository.Root, ".artifacts", "cost-explorer"));
        var query = FormattableString.Invariant($"{inputs.Plan.Stack}|{from:yyyy-MM-dd}|{today:yyyy-MM-dd}|SERVICE|{split}|{System.Environment.GetEnvironmentVariable("AWS_ENDPOINT_URL")}");
        var actual = await cache.GetAsync(query, today, () => explorer.GetCostAsync(from, today, environment, ["SERVICE", split], cancel));

        var console = Terminal.Create();
        console.MarkupLineInterpolated($"[bold]{environment}[/]: dollars a day, {from:yyyy-MM-dd} to {today.AddDays(-1):yyyy-MM-dd}");
        var table = new Table().Border(TableBorder.Simple).AddColumn("service on the bill");
        foreach (var name in new[] { "estimated", "spent", "difference" })
            table.AddColumn(new TableColumn(name).RightAligned());
        foreach (var entry in Variance.Of(estimate, actual))
            table.AddRow(Markup.Escape(entry.Service), MoneyText.Cents(entry.EstimatedUsd), MoneyText.Cents(entry.ActualUsd), MoneyText.Change(entry.DifferenceUsd));
        console.Write(table);
        foreach (var part in actual.GroupBy(cost => cost.Keys[^1]).OrderByDescending(group => group.Sum(cost => cost.Usd)))
            console.MarkupLineInterpolated($"  {part.Key}: {MoneyText.Cents(part.Sum(cost => cost.Usd))} in all");
        if (actual.Any(cost => cost.IsEstimated))
            console.WriteLine("  The bill lags a day: days that AWS still estimates are left out of the daily mean.");
        if (arguments.GetValue(Outlook))
            await WriteOutlookAsync(console, explorer, environment, from, today, cancel);
        console.WriteLine($"Cost Explorer was paid {MoneyText.Cents(explorer.SpentUsd)} for this{(explorer.SpentUsd == 0 ? ": the answer of today was kept" : "")}.");
        return ExitCode.Clean;
    }

    private static async Task WriteOutlookAsync(IAnsiConsole console, CostExplorerClient explorer, string environment, DateOnly from, DateOnly today, CancellationToken cancel)
    {
        console.WriteLine(await explorer.GetForecastAsync(today, today.AddDays(30), environment, cancel) is { } forecast
            ? $"Next 30 days: {MoneyText.Cents(forecast.Usd)}, {MoneyText.Cents(forecast.LowUsd)} to {MoneyText.Cents(forecast.HighUsd)}"
            : "Next 30 days: AWS has too little history for a forecast.");
        foreach (var anomaly in await explorer.GetAnomaliesAsync(from, today, cancel))
            console.MarkupLineInterpolated($"[yellow]anomaly[/] {anomaly.From:yyyy-MM-dd} {anomaly.Service ?? "unknown service"} {anomaly.Region ?? ""}: {MoneyText.Change(anomaly.ImpactUsd)}");
    }
}
