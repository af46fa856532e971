using System.CommandLine;
using AkiDb.Infra.Cli.Reports;
using AkiDb.Infra.Costs.Estimates;
using AkiDb.Infra.Costs.Prices;
using AkiDb.Infra.Plan.Schema;
using Spectre.Console;

namespace AkiDb.Infra.Cli.Commands;

/// <summary><c>akidb prices</c>: the price book, with where each price comes from.</summary>
internal static class PricesCommand
{
    private static readonly Argument<string?> Filter = new("part") { Description = "Only prices whose id holds this", Arity = ArgumentArity.ZeroOrOne };

    private static readonly Option<int?> Stale = new("--stale")
    {
        Description = "Only prices older than so many days, and those that are from memory; exits 1 if there are any",
        HelpName = "DAYS",
        CustomParser = result => Parsing.Days(result, 0, 36_500),
    };

    public static Command Create()
    {
        var command = new Command("prices", "List the price book: price, region, unit, date, source, confidence") { Filter, Stale, PricesRefreshCommand.Create() };
        command.SetAction(arguments => Run(arguments, TimeProvider.System));
        return command;
    }

    private static int Run(ParseResult arguments, TimeProvider clock)
    {
        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        var stale = arguments.GetValue(Stale);
        var named = PriceBook.Default.Prices
            .Where(price => arguments.GetValue(Filter) is not { } part || price.Id.Contains(part, StringComparison.OrdinalIgnoreCase)).ToList();
        if (named.Count == 0)
            throw new BadInputException($"No price's id holds '{arguments.GetValue(Filter)}'; want a part of one, e.g. a service: {Spelling.Nearest(arguments.GetValue(Filter)!, ServiceNames.Keys)}.");
        var prices = named
            .Where(price => stale is not { } days || price.Source.Confidence == PriceConfidence.Memory || price.Source.Effective.AddDays(days) < today)
            .ToList();
        var console = Terminal.Create();
        var table = new Table().Border(TableBorder.Simple).AddColumns("price", "region").AddColumn(new TableColumn("USD").RightAligned())
            .AddColumns("per", "date", "confidence", "source");
        foreach (var price in prices)
        {
            table.AddRow(Markup.Escape(price.Id), price.Region, UsdOf(price), Markup.Escape(price.Per == 1 ? price.Unit : FormattableString.Invariant($"{price.Per:#,0} {price.Unit}s")),
                FormattableString.Invariant($"{price.Source.Effective:yyyy-MM-dd}"), Confidence(price.Source.Confidence), Markup.Escape(price.Source.Text));
        }

        console.Write(table);
        console.WriteLine($"{prices.Count} prices{(stale is { } age ? $" are older than {age} days or from memory" : "")}");
        return stale is not null && prices.Count > 0 ? ExitCode.Findings : ExitCode.Clean;
    }

    private static string UsdOf(Price price) => string.Join(" / ", price.Tiers.Select(tier => FormattableString.Invariant($"{tier.Usd:0.##########}")));

    private static string Confidence(PriceConfidence confidence) => confidence switch
    {
        PriceConfidence.PriceList => "price list",
        PriceConfidence.Quoted => "quoted",
        PriceConfidence.Derived => "derived",
        _ => "[yellow]memory[/]",
    };
}
