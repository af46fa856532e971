using System.Collections.Immutable;
using System.Net;
using System.Text;
using AkiDb.Infra.Costs.Estimates;

namespace AkiDb.Infra.Costs.Output;

/// <summary>The estimate as one HTML file that needs nothing else: charts are inline SVG.</summary>
public static class EstimateHtml
{
    private const string Style = """
        :root{color-scheme:light dark;--ink:#1d2433;--soft:#5b6577;--line:#d9dee7;--bar:#2f6fde;--over:#c8432f;--good:#23875a;--page:#fff;--panel:#f6f8fb}
        @media(prefers-color-scheme:dark){:root{--ink:#e8ecf3;--soft:#9aa6ba;--line:#333c4d;--bar:#6f9ff0;--over:#ef7d6b;--good:#58c08d;--page:#12161e;--panel:#1a202b}}
        *{box-sizing:border-box}body{margin:0;background:var(--page);color:var(--ink);font:15px/1.5 system-ui,sans-serif}
        main{max-width:1080px;margin:0 auto;padding:32px 20px}h1{font-size:26px;margin:0}h2{font-size:17px;margin:32px 0 8px}
        p{margin:4px 0}.soft{color:var(--soft)}.total{font-size:40px;font-weight:650;letter-spacing:-.02em;margin:16px 0 0}
        .grid{display:grid;grid-template-columns:repeat(auto-fit,minmax(440px,1fr));gap:0 40px}@media(max-width:520px){.grid{grid-template-columns:1fr}}
        svg{width:100%;height:auto;display:block}svg text{fill:var(--ink);font:12px system-ui,sans-serif}svg .soft{fill:var(--soft)}
        table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:5px 8px;border-bottom:1px solid var(--line);vertical-align:top}
        th{color:var(--soft);font-weight:500}.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}.bad{color:var(--over);font-weight:600}
        details>summary{cursor:pointer;padding:6px 0}.scroll{overflow-x:auto}
        """;

    /// <summary>The page.</summary>
    public static string Of(CostEstimate estimate, IReadOnlyCollection<ScenarioTotal> scenarios, IReadOnlyCollection<CostFinding> findings)
    {
        var page = new StringBuilder();
        page.Append($"<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width,initial-scale=1\"><title>{Escape(estimate.Environment)}: cost a month</title><style>{Style}</style></head><body><main>\n");
        page.Append($"<h1>{Escape(estimate.Environment)}: cost a month</h1><p class=\"soft\">scenario {Escape(estimate.Scenario)}{Requests(estimate)}</p>\n");
        page.Append($"<p class=\"total\">{MoneyText.Cents(estimate.TotalUsd)}</p><p class=\"soft\">{MoneyText.Cents(estimate.BaselineUsd)} for existing, {MoneyText.Cents(estimate.UsageUsd)} by usage</p>\n");
        foreach (var finding in findings)
            page.Append($"<p class=\"bad\">{Escape(finding.ToString())}</p>\n");
        foreach (var (resource, line) in estimate.Errors)
            page.Append($"<p class=\"bad\">{Escape(resource.Name)}: {Escape(line.UnitPriceText)}</p>\n");
        page.Append("<div class=\"grid\">");
        Section(page, "By service", Chart.Bars(estimate.ByService.Where(entry => entry.Usd > 0)));
        Section(page, "By region", Chart.Bars(estimate.ByRegion.Where(entry => entry.Usd > 0)));
        Section(page, "Karpenter's nodes by hour of a weekday, UTC, dollars an hour", Chart.Columns(ByHour(estimate)));
        Section(page, $"Scenarios against {MoneyText.Cents(ScenarioTotal.TargetUsd)}", Chart.Bars(scenarios.Select(scenario => (scenario.Name, scenario.TotalUsd)), ScenarioTotal.TargetUsd,
            estimate.HasEdge && scenarios.All(scenario => scenario.OverfullPlan is null)));
        page.Append("</div>\n");
        AppendCapacity(page, estimate);
        AppendLines(page, estimate);
        page.Append($"<p class=\"soft\">{Escape(EstimateMarkdown.Coverage(estimate))}</p>\n");
        foreach (var note in estimate.Notes)
            page.Append($"<p class=\"soft\">{Escape(note)}</p>\n");
        return page.Append("</main></body></html>\n").ToString();
    }

    private static string Requests(CostEstimate estimate) => estimate.RequestsPerMonth is { } requests ? FormattableString.Invariant($", {requests / 1_000_000:#,0.#} M requests a month") : "";

    private static void Section(StringBuilder page, string title, string chart)
    {
        if (chart.Length > 0)
            page.Append($"<section><h2>{Escape(title)}</h2>{chart}</section>\n");
    }

    private static ImmutableArray<decimal> ByHour(CostEstimate estimate) => estimate.Capacity.Any(region => region.UsdByHour.Any(usd => usd > 0))
        ? [.. Enumerable.Range(0, 24).Select(hour => estimate.Capacity.Sum(region => region.UsdByHour.IsEmpty ? 0 : region.UsdByHour[hour]))]
        : [];

    private static void AppendCapacity(StringBuilder page, CostEstimate estimate)
    {
        if (estimate.Capacity.IsEmpty)
            return;
        page.Append("<h2>Karpenter's nodes</h2><div class=\"scroll\"><table><tr><th>region<th class=\"n\">replicas<th class=\"n\">node hours<th class=\"n\">spot<th class=\"n\">CPU requested<th class=\"n\">memory requested<th class=\"n\">idle<th class=\"n\">spot band<th class=\"n\">ceiling</tr>\n");
        foreach (var region in estimate.Capacity)
        {
            page.Append(FormattableString.Invariant($"<tr><td>{Escape(region.Region)}<td class=\"n\">{region.Replicas.Least} to {region.Replicas.Most}<td class=\"n\">{region.TotalHours:#,0}<td class=\"n\">{region.SpotShare:0 %}<td class=\"n\">{region.Utilisation.Cpu:0 %}<td class=\"n\">{region.Utilisation.Memory:0 %}"));
            page.Append($"<td class=\"n\">{MoneyText.Cents(region.WasteUsd)}<td class=\"n\">{MoneyText.Cents(region.BandUsd.Low)} to {MoneyText.Cents(region.BandUsd.High)}<td class=\"n\">{(region.CeilingUsd is { } most ? MoneyText.Cents(most) : "none")}</tr>\n");
        }

        page.Append("</table></div>\n");
    }

    private static void AppendLines(StringBuilder page, CostEstimate estimate)
    {
        page.Append("<h2>Lines</h2>\n");
        foreach (var group in estimate.Resources.Where(resource => resource.State == CoverageState.Priced).GroupBy(resource => resource.Region ?? Prices.Price.Global))
        {
            page.Append($"<details><summary>{Escape(group.Key)}: {MoneyText.Cents(group.Sum(resource => resource.MonthlyUsd))}</summary><div class=\"scroll\"><table><tr><th>resource<th>what<th class=\"n\">quantity<th>unit price<th>price of<th class=\"n\">a month</tr>\n");
            foreach (var (resource, line) in group.SelectMany(resource => resource.Lines.Select(line => (resource, line))))
            {
                page.Append($"<tr><td>{Escape(resource.Name)}<td>{Escape(line.Name)}{(line.Note is null ? "" : $"<br><span class=\"soft\">{Escape(line.Note)}</span>")}<td class=\"n\">{FormattableString.Invariant($"{line.Quantity:#,0.##}")}<td>{Escape(line.UnitPriceText)}");
                page.Append($"<td class=\"soft\">{(line.Price is { } price ? FormattableString.Invariant($"{price.Source.Effective:yyyy-MM-dd}, {price.Source.Confidence}") : "")}<td class=\"n{(line.State == LineState.NotPriced ? " bad" : "")}\">{Escape(MoneyText.Of(line))}</tr>\n");
            }

            page.Append("</table></div></details>\n");
        }
    }

    private static string Escape(string text) => WebUtility.HtmlEncode(text);
}
