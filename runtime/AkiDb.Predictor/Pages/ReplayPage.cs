using System.Globalization;
using System.Net;
using System.Text;
using AkiDb.Predictor.Replay;

namespace AkiDb.Predictor.Pages;

/// <summary>A replay as one HTML file: the table, and for each policy load, capacity and the minutes it missed.</summary>
internal static class ReplayPage
{
    // More points than pixels only make the file larger.
    private const int Points = 1_000;

    /// <summary>The page.</summary>
    public static string Of(IReadOnlyList<ReplayComparison> comparisons, ReplicaPrice? price)
    {
        var page = new StringBuilder(PageStyle.Head("AkiDB replay"));
        page.Append("<h1>Scaling policies replayed on real traffic</h1>\n");
        if (price is not null)
        {
            page.Append(CultureInfo.InvariantCulture, $"<p class=\"soft\">A replica-hour costs ${price.Usd:0.0000} ({Text(price.Source)}).</p>\n");
        }

        foreach (var comparison in comparisons)
        {
            page.Append(CultureInfo.InvariantCulture, $"<h2>{Text(ReplayReport.Title(comparison))}</h2><p class=\"soft\">{Text(ReplayReport.Subtitle(comparison))}{string.Concat(ReplayReport.Notes(comparison).Select(note => $"<br>{Text(note)}"))}</p>\n");
            AppendTable(page, comparison, price);
            foreach (var result in comparison.Results)
            {
                AppendChart(page, comparison, result);
            }
        }

        return page.Append(PageStyle.End).ToString();
    }

    private static void AppendTable(StringBuilder page, ReplayComparison comparison, ReplicaPrice? price)
    {
        page.Append($"<div class=\"scroll\"><table><tr><th>policy<th>minutes above target<th>saturated<th>queries over capacity<th>replica-hours over the oracle<th>changes<th>ramps in time<th>10 min before<th>saved at equal violations{(price is null ? "" : "<th>$ a month")}</tr>\n");
        foreach (var result in comparison.Results)
        {
            var score = result.Score;
            page.Append(CultureInfo.InvariantCulture, $"<tr{(score.Policy == ReplayPolicies.Own ? " class=\"own\"" : "")}><td>{Text(score.Policy)}<td>{score.MinutesAboveTarget:#,0}<td>{score.SaturatedMinutes:#,0}<td>{score.OverloadedShare:0.000 %}<td>{score.OverOracle:+0.0 %;-0.0 %}<td>{score.Changes:#,0}<td>{score.Ramps.InTimeShare:0 %}<td>{score.Ramps.TenMinutesShare:0 %}<td>{Text(ReplayReport.Saved(result))}");
            page.Append(price is null ? "</tr>\n" : string.Create(CultureInfo.InvariantCulture, $"<td>{ReplayReport.MonthlyUsd(comparison, score, price):#,0.00}</tr>\n"));
        }

        page.Append("</table></div>\n");
    }

    private static void AppendChart(StringBuilder page, ReplayComparison comparison, PolicyResult result)
    {
        var trace = comparison.Trace;
        var perPoint = Math.Max(1, (trace.JudgedMinutes + Points - 1) / Points);
        var load = Reduced(trace.JudgedMinutes, perPoint, minute => trace.Qps[trace.From + minute], Math.Max);
        var perReplica = comparison.Rule.RequestsPerSecondPerReplica * comparison.Rule.TargetUtilisation;
        var capacity = Reduced(trace.JudgedMinutes, perPoint, minute => result.Run.Ready[minute] * perReplica, Math.Min);
        var misses = Enumerable.Range(0, trace.JudgedMinutes)
            .Where(minute => trace.Qps[trace.From + minute] > result.Run.Ready[minute] * perReplica).Select(minute => minute / perPoint).Distinct();
        var chart = new LineChart($"Load and capacity under {result.Score.Policy}", trace.TimeOf(trace.From), load.Length, perPoint)
            .Line("load", load).Line("other", capacity).Misses(misses).Render();
        page.Append(CultureInfo.InvariantCulture, $"<details{(result.Score.Policy == ReplayPolicies.Own ? " open" : "")}><summary>{Text(result.Score.Policy)}</summary><p class=\"soft\"><span class=\"key\" style=\"background:var(--load)\"></span>load, queries/s<span class=\"key\" style=\"background:var(--other)\"></span>what is ready serves at target<span class=\"key\" style=\"background:var(--bad)\"></span>above target</p>{chart}</details>\n");
    }

    private static double[] Reduced(int minutes, int perPoint, Func<int, double> value, Func<double, double, double> reduce) =>
        [.. Enumerable.Range(0, minutes).Chunk(perPoint).Select(chunk => chunk.Select(value).Aggregate(reduce))];

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
