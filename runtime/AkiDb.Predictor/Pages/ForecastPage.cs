using System.Globalization;
using System.Net;
using System.Text;
using AkiDb.Contracts;
using AkiDb.Predictor.Forecasts;
using Humanizer;

namespace AkiDb.Predictor.Pages;

/// <summary>The predictor's page: traffic of the last hours, the forecast with its band, who serves, and how good they all were.</summary>
internal static class ForecastPage
{
    private const int RefreshSeconds = 60;

    /// <summary>The page as of now.</summary>
    public static string Of(ForecastService service, string source, DateTimeOffset now)
    {
        var page = new StringBuilder(PageStyle.Head("Traffic forecast", RefreshSeconds));
        page.Append("<h1>Traffic forecast</h1>\n");
        page.Append($"<p class=\"soft\">{Text(source)}</p>\n");
        if (service.Trouble is { } trouble)
        {
            page.Append($"<p class=\"bad\">{Text(trouble)}</p>\n");
        }

        if (service.Current is { } state)
        {
            AppendFacts(page, state, now);
            page.Append(Chart(state));
            page.Append("<p class=\"soft\"><span class=\"key\" style=\"background:var(--load)\"></span>measured<span class=\"key\" style=\"background:var(--other)\"></span>forecast<span class=\"key\" style=\"background:var(--band);height:10px\"></span>");
            page.Append(CultureInfo.InvariantCulture, $"where {state.Level:0 %} should lie; queries/s, UTC</p>\n");
            page.Append($"<p>{Text(state.Choice.Why)}</p>\n");
        }

        AppendAccuracies(page, service);
        page.Append($"<p class=\"soft\">As JSON: <a href=\"{ServiceEndpoints.Forecast}\">forecast</a>, <a href=\"{ServiceEndpoints.Accuracy}\">accuracy</a>; <a href=\"{ServiceEndpoints.Metrics}\">metrics</a></p>\n");
        return page.Append(PageStyle.End).ToString();
    }

    private static void AppendFacts(StringBuilder page, ForecastState state, DateTimeOffset now)
    {
        var age = now - state.LastMinute.AddMinutes(1);
        page.Append("<div class=\"facts\">");
        Fact(page, Number(state.Recent[^1]), $"queries/s, {(age < TimeSpan.Zero ? TimeSpan.Zero : age).Humanize()} ago");
        Fact(page, state.Forecast is { } forecast ? Number(forecast.Peaks[^1].Qps) : "–", "greatest in the next 15 minutes");
        Fact(page, state.Forecast?.Peaks[^1].Upper is { } upper ? Number(upper) : "–",
            string.Create(CultureInfo.InvariantCulture, $"its upper bound, {state.Level:0 %}; held {Share(state.Coverage)}"));
        Fact(page, Text(state.Choice.Forecaster ?? "nobody"), state.Refusal is { } refusal ? $"serves; not followed: {Text(refusal)}" : "serves");
        page.Append("</div>\n");
        if (state.IsDrifting)
        {
            page.Append(CultureInfo.InvariantCulture, $"<p class=\"bad\">Drift: the error of the last hours is {state.DriftRatio:0.0} times the usual.</p>\n");
        }
    }

    private static string Chart(ForecastState state)
    {
        var past = state.Recent.Length;
        var minutes = state.Forecast?.Minutes ?? [];
        var count = past + minutes.Length;
        double[] Ahead(Func<ForecastInterval, double?> value) =>
            [.. Enumerable.Repeat(double.NaN, past), .. minutes.Select(minute => value(minute) ?? double.NaN)];
        var forecast = Ahead(minute => minute.Qps);
        if (minutes.Length > 0)
        {
            // The line begins where the measured one ends.
            forecast[past - 1] = state.Recent[^1];
        }

        return new LineChart("Measured traffic and forecast, queries a second", state.LastMinute.AddMinutes(1 - past), count, 1)
            .Band("band", Ahead(minute => minute.Lower), Ahead(minute => minute.Upper))
            .Line("load", [.. state.Recent])
            .Line("other", forecast)
            .Render();
    }

    private static void AppendAccuracies(StringBuilder page, ForecastService service)
    {
        if (service.Accuracies.Count == 0)
        {
            return;
        }

        page.Append("<h2>Accuracy over the last days</h2><div class=\"scroll\"><table><tr><th>forecaster<th>skill<th>MAE<th>MAPE<th>sMAPE<th>R²<th>forecasts</tr>\n");
        foreach (var accuracy in service.Accuracies.OrderByDescending(one => one.Overall.Skill))
        {
            var all = accuracy.Overall;
            page.Append(CultureInfo.InvariantCulture, $"<tr{(accuracy.Forecaster == service.Current?.Choice.Forecaster ? " class=\"own\"" : "")}><td>{Text(accuracy.Forecaster)}<td>{all.Skill:0.00}<td>{Number(all.MeanAbsoluteError)}<td>{all.MapePercent:0.0} %<td>{all.SmapePercent:0.0} %<td>{all.RSquared:0.00}<td>{all.Count:#,0}</tr>\n");
        }

        page.Append("</table></div>\n");
    }

    private static void Fact(StringBuilder page, string number, string what) => page.Append($"<span><b>{number}</b>{what}</span>");

    private static string Number(double value) => double.IsFinite(value) ? value.ToString("#,0.##", CultureInfo.InvariantCulture) : "–";

    private static string Share(double value) => double.IsFinite(value) ? value.ToString("0.0 %", CultureInfo.InvariantCulture) : "not known yet";

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
