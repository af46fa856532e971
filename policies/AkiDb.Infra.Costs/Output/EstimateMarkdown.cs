using System.Text;
using AkiDb.Infra.Costs.Estimates;

namespace AkiDb.Infra.Costs.Output;

/// <summary>The estimate as a pull-request comment. It opens with a marker, so that the next one can take its place.</summary>
public static class EstimateMarkdown
{
    /// <summary>First line of every comment: what an updater looks for.</summary>
    public const string Marker = "<!-- akidb-cost -->";

    /// <summary>The comment.</summary>
    /// <param name="estimate">The new estimate.</param>
    /// <param name="difference">Against what; null where there is no base.</param>
    /// <param name="scenarios">Totals of every scenario.</param>
    /// <param name="findings">Limits that do not hold.</param>
    public static string Of(CostEstimate estimate, CostDifference? difference, IReadOnlyCollection<ScenarioTotal> scenarios, IReadOnlyCollection<CostFinding> findings)
    {
        var text = new StringBuilder().Append(Marker).Append('\n');
        text.Append(Headline(estimate, difference)).Append("\n\n");
        text.Append("| environment | baseline | usage | total a month |\n|---|---:|---:|---:|\n");
        text.Append($"| {estimate.Environment}, scenario {estimate.Scenario} | {MoneyText.Cents(estimate.BaselineUsd)} | {MoneyText.Cents(estimate.UsageUsd)} | **{MoneyText.Cents(estimate.TotalUsd)}** |\n\n");
        foreach (var finding in findings)
            text.Append($"❌ {finding}\n\n");
        foreach (var (resource, line) in estimate.Errors)
            text.Append($"❌ `{resource.Name}`: {line.UnitPriceText}\n\n");
        foreach (var note in estimate.Notes.Concat(estimate.LineNotes))
            text.Append($"> {note}\n\n");
        AppendDifference(text, difference);
        AppendScenarios(text, scenarios);
        AppendServices(text, estimate);
        text.Append($"{Coverage(estimate)}\n");
        return text.ToString();
    }

    /// <summary>How many resources are what, in one line.</summary>
    public static string Coverage(CostEstimate estimate) =>
        $"{estimate.Resources.Count(resource => resource.Type is not null)} resources: {estimate.Count(CoverageState.Priced)} priced, "
        + $"{estimate.Count(CoverageState.Free)} free, {estimate.Count(CoverageState.Elsewhere)} priced with another, "
        + $"{estimate.Count(CoverageState.Unsupported)} not supported; {estimate.Errors.Count()} lines without a price, "
        + $"{estimate.Lines.Count(line => line.State == LineState.DependsOnUsage)} that depend on usage";

    private static string Headline(CostEstimate estimate, CostDifference? difference) => difference is null
        ? $"#### Monthly estimate {MoneyText.Cents(estimate.TotalUsd)}"
        : difference.Usd == 0
            ? "#### Monthly estimate unchanged"
            : $"#### Monthly estimate {(difference.Usd > 0 ? "up" : "down")} by {MoneyText.Cents(Math.Abs(difference.Usd))}"
                + (difference.Percent is { } percent ? FormattableString.Invariant($" ({percent:+0.0;-0.0} %)") : "")
                + $": {MoneyText.Cents(difference.Before.TotalUsd)} → {MoneyText.Cents(difference.After.TotalUsd)}";

    private static void AppendDifference(StringBuilder text, CostDifference? difference)
    {
        if (difference is null || difference.Changes.IsEmpty)
            return;
        text.Append("<details><summary>Changed lines</summary>\n\n```diff\n");
        foreach (var change in difference.Changes)
            text.Append($"{(change.Sign == '~' ? '!' : change.Sign)} {change.Resource}: {change.Line} {MoneyText.Change(change.Usd)}\n");
        text.Append("```\n</details>\n\n");
    }

    private static void AppendScenarios(StringBuilder text, IReadOnlyCollection<ScenarioTotal> scenarios)
    {
        if (scenarios.Count == 0)
            return;
        text.Append($"| scenario | requests a month | total a month | {MoneyText.Cents(ScenarioTotal.TargetUsd)} holds |\n|---|---:|---:|---|\n");
        foreach (var scenario in scenarios)
            text.Append(FormattableString.Invariant($"| {scenario.Name} | {scenario.RequestsPerMonth:#,0} | {MoneyText.Cents(scenario.TotalUsd)} | {scenario.Verdict} |\n"));
        text.Append('\n');
    }

    private static void AppendServices(StringBuilder text, CostEstimate estimate)
    {
        text.Append("<details><summary>By service</summary>\n\n| service | a month |\n|---|---:|\n");
        foreach (var (service, usd) in estimate.ByService)
            text.Append($"| {service} | {MoneyText.Cents(usd)} |\n");
        text.Append("</details>\n\n");
    }
}
