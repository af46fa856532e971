using System.Collections.Immutable;
using AkiDb.Infra.Costs.Estimates;
using AkiDb.Infra.Costs.Output;
using AkiDb.Infra.Costs.Prices;
using Humanizer;
using Spectre.Console;

namespace AkiDb.Infra.Cli.Reports;

/// <summary>An estimate as a person reads it.</summary>
internal sealed class CostReport(IAnsiConsole console, CostEstimate estimate)
{
    /// <summary>Writes what costs what, and where it comes from.</summary>
    public void Write(bool everyLine)
    {
        var traffic = estimate.RequestsPerMonth is { } requests ? FormattableString.Invariant($", {requests / 1_000_000:#,0.#} M requests a month") : "";
        console.MarkupLineInterpolated($"[bold]{estimate.Environment}[/]: cost a month, scenario {estimate.Scenario}{traffic}");
        if (everyLine)
            WriteLines();
        else
            WriteGroups();
        WriteServices();
        WriteCapacity();
        // With every line shown, a line's note stands at the line.
        foreach (var note in everyLine ? estimate.Notes : estimate.Notes.Concat(estimate.LineNotes))
            console.MarkupLineInterpolated($"[yellow]note[/] {note}");
        WriteUsageDependent();
    }

    /// <summary>Writes what the choice of the CloudFront price class means.</summary>
    public void WritePriceClass(IEnumerable<string> sentences)
    {
        foreach (var sentence in sentences)
            console.MarkupLineInterpolated($"[yellow]note[/] {sentence}");
    }

    /// <summary>Writes what each scenario comes to, and whether the specification's goal holds.</summary>
    public void WriteScenarios(IReadOnlyCollection<ScenarioTotal> scenarios)
    {
        if (scenarios.Count < 2)
            return;
        var table = Table("scenario", "requests a month", "total a month", $"{MoneyText.Cents(ScenarioTotal.TargetUsd)} holds");
        foreach (var scenario in scenarios)
        {
            table.AddRow(Markup.Escape(scenario.Name), FormattableString.Invariant($"{scenario.RequestsPerMonth:#,0}"), MoneyText.Cents(scenario.TotalUsd), scenario.Verdict);
        }

        console.Write(table);
    }

    /// <summary>Writes what changed against a base.</summary>
    public void WriteDifference(CostDifference difference)
    {
        const int shown = 25;
        console.MarkupLineInterpolated($"[bold]Against {difference.Before.Environment}, scenario {difference.Before.Scenario}[/]  (+ added, - removed, ~ changed)");
        foreach (var change in difference.Changes.Take(shown))
            console.MarkupLineInterpolated($"  {change.Sign} {change.Resource}: {change.Line}  {MoneyText.Change(change.Usd)}");
        if (difference.Changes.Length > shown)
            console.MarkupLineInterpolated($"  … and {difference.Changes.Length - shown} more, {MoneyText.Change(difference.Changes.Skip(shown).Sum(change => change.Usd))}");
        var percent = difference.Percent is { } part ? FormattableString.Invariant($", {part:+0.0;-0.0} %") : "";
        console.MarkupLineInterpolated($"  [bold]{MoneyText.Change(difference.Usd)}[/] a month ({MoneyText.Cents(difference.Before.TotalUsd)} → {MoneyText.Cents(difference.After.TotalUsd)}{percent})");
        console.WriteLine();
    }

    /// <summary>Writes the largest groups of lines, ways down, and what a commitment would save.</summary>
    public void WriteDrivers(ImmutableArray<CostLever> levers, ImmutableArray<Commitment> commitments)
    {
        console.MarkupLine("[bold]What the money goes to[/]");
        foreach (var (name, usd, share) in CostDrivers.Largest(estimate))
            console.MarkupLineInterpolated($"  {MoneyText.Cents(usd),12}  {share,6:0.0 %}  {name}");
        console.MarkupLine("[bold]Ways down[/], each tried by itself; they do not add up");
        foreach (var lever in levers)
            console.MarkupLineInterpolated($"  {MoneyText.Change(lever.Usd),12}  --what-if {lever.Change}  {lever.Meaning}");
        WriteCommitments(commitments);
        // No price of theirs with a source that can be trusted is in the book; a wrong comparison is worse than none.
        console.WriteLine("The same compute and egress on Google Cloud or Azure: not priced (the book has no sourced price of theirs).");
        console.WriteLine();
    }

    /// <summary>Writes the total, what stands in its way, and how much of the plan it covers.</summary>
    public void WriteVerdict(ImmutableArray<CostFinding> findings)
    {
        foreach (var (resource, line) in estimate.Errors)
            console.MarkupLineInterpolated($"[red]error[/] {resource.Name}, {line.Name}: {line.UnitPriceText}; the total is too low");
        foreach (var finding in findings)
            console.MarkupLineInterpolated($"[red]budget[/] {finding.ToString()}");
        console.WriteLine(EstimateMarkdown.Coverage(estimate));
        foreach (var type in estimate.Resources.Where(resource => resource.State == CoverageState.Unsupported).GroupBy(resource => resource.Type).OrderBy(group => group.Key, StringComparer.Ordinal))
            console.MarkupLineInterpolated($"  [yellow]not supported[/] {type.Key} × {type.Count()}");
        console.MarkupLineInterpolated($"[bold]{MoneyText.Cents(estimate.TotalUsd)}[/] a month: {MoneyText.Cents(estimate.BaselineUsd)} for existing, {MoneyText.Cents(estimate.UsageUsd)} by usage");
    }

    private void WriteGroups()
    {
        var table = Table("where", "for existing", "by usage", "total a month");
        foreach (var region in Priced().GroupBy(resource => resource.Region ?? "global").OrderByDescending(group => group.Sum(resource => resource.MonthlyUsd)))
        {
            AddSums(table, $"[bold]{Markup.Escape(region.Key)}[/]", region);
            foreach (var component in region.GroupBy(resource => resource.Path.FirstOrDefault() ?? resource.Name).OrderByDescending(group => group.Sum(resource => resource.MonthlyUsd)))
                AddSums(table, $"├─ {Markup.Escape(component.Key)}", component);
        }

        AddSums(table, "[bold]all[/]", Priced());
        console.Write(table);
    }

    private void WriteLines()
    {
        var table = Table("what", "quantity", "unit price", "price of", "total a month");
        foreach (var region in Priced().GroupBy(resource => resource.Region ?? "global").OrderByDescending(group => group.Sum(resource => resource.MonthlyUsd)))
        {
            table.AddRow($"[bold]{Markup.Escape(region.Key)}[/]", "", "", "", $"[bold]{MoneyText.Cents(region.Sum(resource => resource.MonthlyUsd))}[/]");
            foreach (var resource in region)
            {
                table.AddRow($"{Markup.Escape(resource.Name)} [grey]{Markup.Escape(resource.Type ?? "")}[/]", "", "", "", "");
                foreach (var (line, last) in resource.Lines.Select((line, index) => (line, index == resource.Lines.Length - 1)))
                {
                    table.AddRow($"{(last ? "└─" : "├─")} {Markup.Escape(line.Name)}{(line.IsUsage ? " *" : "")}", Quantity(line), Markup.Escape(line.UnitPriceText), DateOf(line), Markup.Escape(MoneyText.Of(line)));
                    if (line.Note is { } note)
                        table.AddRow($"{(last ? "  " : "│ ")}   [yellow]note[/] {Markup.Escape(note)}", "", "", "", "");
                }
            }
        }

        console.Write(table);
        console.WriteLine("* by usage");
    }

    private void WriteServices()
    {
        var table = Table("service", "total a month", "share");
        foreach (var (service, usd) in estimate.ByService.Where(entry => entry.Usd > 0))
            table.AddRow(Markup.Escape(service), MoneyText.Cents(usd), FormattableString.Invariant($"{usd / Math.Max(0.01m, estimate.TotalUsd):0.0 %}"));
        console.Write(table);
    }

    private void WriteCapacity()
    {
        var regions = estimate.Capacity.Where(region => region.TotalHours > 0).ToList();
        if (regions.Count == 0)
            return;
        var table = Table("Karpenter's nodes", "peak req/s", "replicas", "node hours", "spot hours / pods", "CPU / memory asked", "idle", "band of spot prices", "ceiling by limits", "above the bound at peak");
        foreach (var region in regions)
        {
            var (found, bound) = region.PeakUsdPerHour;
            table.AddRow(region.Region, FormattableString.Invariant($"{region.PeakQps:0}"), $"{region.Replicas.Least} to {region.Replicas.Most}",
                FormattableString.Invariant($"{region.TotalHours:#,0}"), FormattableString.Invariant($"{region.SpotShare:0 %} / {region.SpotPodShare:0 %}"),
                FormattableString.Invariant($"{region.Utilisation.Cpu:0 %} / {region.Utilisation.Memory:0 %}"), MoneyText.Cents(region.WasteUsd),
                $"{MoneyText.Cents(region.BandUsd.Low)} to {MoneyText.Cents(region.BandUsd.High)}", region.CeilingUsd is { } most ? MoneyText.Cents(most) : "none",
                bound > 0 ? FormattableString.Invariant($"{(found / bound) - 1:0 %}") : "");
        }

        console.Write(table);
        foreach (var region in regions)
        {
            var kinds = string.Join(", ", region.Hours.Select(hours => FormattableString.Invariant($"{hours.Type} {(hours.IsSpot ? "spot" : "on demand")} {hours.Hours:#,0} h at ${hours.Price.FirstUsd:0.####}")));
            console.MarkupLineInterpolated($"  {region.Region}: {kinds}; {region.InterruptionsPerMonth:0.0} interruptions a month expected");
        }
    }

    private void WriteUsageDependent()
    {
        var open = estimate.Lines.Where(line => line.State == LineState.DependsOnUsage).GroupBy(line => (line.UsageKey, line.UnitPriceText)).ToList();
        foreach (var group in open)
            console.MarkupLineInterpolated($"[yellow]depends on usage[/] {group.First().Name}: {group.Key.UnitPriceText} ({"line".ToQuantity(group.Count())}; usage key {group.Key.UsageKey ?? "none"})");
    }

    private void WriteCommitments(ImmutableArray<Commitment> commitments)
    {
        if (commitments.IsEmpty)
            return;
        var table = Table("steady on-demand nodes", "nodes", "now", "1 year, nothing up front", "3 years, nothing up front");
        foreach (var entry in commitments)
        {
            table.AddRow($"{entry.Region} {entry.Type}", FormattableString.Invariant($"{entry.Nodes:0}"), MoneyText.Cents(entry.OnDemandUsd),
                entry.OneYearUsd is { } one ? $"{MoneyText.Cents(one)} ({MoneyText.Change(one - entry.OnDemandUsd)})" : "not priced",
                entry.ThreeYearUsd is { } three ? $"{MoneyText.Cents(three)} ({MoneyText.Change(three - entry.OnDemandUsd)})" : "not priced");
        }

        console.Write(table);
    }

    private IEnumerable<ResourceCost> Priced() => estimate.Resources.Where(resource => resource.State == CoverageState.Priced);

    private static void AddSums(Table table, string name, IEnumerable<ResourceCost> resources)
    {
        var lines = resources.SelectMany(resource => resource.Lines).ToList();
        table.AddRow(name, MoneyText.Cents(lines.Where(line => !line.IsUsage).Sum(line => line.MonthlyUsd)),
            MoneyText.Cents(lines.Where(line => line.IsUsage).Sum(line => line.MonthlyUsd)), MoneyText.Cents(lines.Sum(line => line.MonthlyUsd)));
    }

    private static string Quantity(CostLine line) => line.Quantity is { } quantity ? FormattableString.Invariant($"{quantity:#,0.##} {Markup.Escape(line.Price!.Unit)}") : "";

    private static string DateOf(CostLine line) => line.Price?.Source switch
    {
        null => "",
        { Confidence: PriceConfidence.Memory } => "from memory",
        var source => FormattableString.Invariant($"{source.Effective:yyyy-MM-dd}"),
    };

    private static Table Table(string first, params string[] rest)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumn(Markup.Escape(first));
        foreach (var name in rest)
            table.AddColumn(new TableColumn(Markup.Escape(name)).RightAligned());
        return table;
    }
}
