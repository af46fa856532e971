using System.CommandLine;
using AkiDb.Infra.Cli.Environments;
using AkiDb.Infra.Cli.Reports;
using AkiDb.Infra.Costs.Capacity;
using AkiDb.Infra.Costs.Prices;
using AkiDb.Infra.Costs.Refresh;
using Spectre.Console;

namespace AkiDb.Infra.Cli.Commands;

/// <summary><c>akidb prices refresh</c>: EC2's prices of today beside the book's.</summary>
internal static class PricesRefreshCommand
{
    private static readonly Option<string[]> Regions = new("--region")
    {
        Description = "Regions to ask for",
        DefaultValueFactory = _ => ["us-east-1", "eu-central-1", "ap-northeast-1"],
        AllowMultipleArgumentsPerToken = true,
    };

    private static readonly Option<string[]> Types = new("--type")
    {
        Description = "Instance types; else every type of the book",
        AllowMultipleArgumentsPerToken = true,
    };

    private static readonly Option<int> Days = new("--days") { Description = "Days of spot history, 1 to 90", DefaultValueFactory = _ => 14, CustomParser = result => Parsing.Days(result, 1, 90) };

    public static Command Create()
    {
        var command = new Command("refresh", "Read on-demand and spot prices of EC2 from AWS and show what differs from the book; exits 1 if any price does") { Regions, Types, Days };
        command.SetAction((arguments, cancel) => RunAsync(arguments, TimeProvider.System, cancel));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult arguments, TimeProvider clock, CancellationToken cancel)
    {
        var (now, days, book) = (clock.GetUtcNow(), arguments.GetValue(Days), PriceBook.Default);
        var table = new Table().Border(TableBorder.Simple).AddColumns("region", "type");
        foreach (var name in new[] { "book", "today", "spot by the Spot Advisor", "spot, mean", "spot, 10th to 90th percentile" })
            table.AddColumn(new TableColumn(name).RightAligned());
        var pricing = new PriceListClient(AwsAccess.Pricing(), clock);
        var differing = 0;
        foreach (var region in arguments.GetValue(Regions)!)
        {
            string[] types = arguments.GetValue(Types) is { Length: > 0 } asked ? asked : [.. InstanceType.All.Select(type => type.Name).Where(type => book.Find($"ec2.onDemand.{type}", region) is not null)];
            var history = await new SpotHistoryClient(AwsAccess.Ec2(region)).GetAsync(types, now.AddDays(-days), now, cancel);
            var bands = SpotPriceBand.Of(history, now.AddDays(-days), now).ToDictionary(band => band.Type);
            foreach (var type in types)
            {
                var (old, fresh) = (book.Find($"ec2.onDemand.{type}", region), await pricing.GetOnDemandAsync(type, region, cancel));
                if (old?.FirstUsd != fresh?.FirstUsd)
                    differing++;
                var band = bands.GetValueOrDefault(type);
                table.AddRow(region, type, Usd(old?.FirstUsd), old?.FirstUsd == fresh?.FirstUsd ? Usd(fresh?.FirstUsd) : $"[yellow]{Usd(fresh?.FirstUsd)}[/]",
                    Usd(old is null ? null : SpotMarket.Default.PriceOf(type, old)?.FirstUsd), Usd(band?.MeanUsd), band is null ? "not sold" : $"{Usd(band.P10Usd)} to {Usd(band.P90Usd)}");
            }
        }

        var console = Terminal.Create();
        console.Write(table);
        console.WriteLine($"{differing} on-demand prices differ from the book; put them into Prices/Data/ec2.json with today's date.");
        return differing > 0 ? ExitCode.Findings : ExitCode.Clean;
    }

    private static string Usd(decimal? usd) => usd is { } known ? FormattableString.Invariant($"{known:0.#####}") : "not priced";
}
