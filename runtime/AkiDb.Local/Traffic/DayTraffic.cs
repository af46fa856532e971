using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using AkiDb.Contracts;

namespace AkiDb.Local.Traffic;

/// <summary>
/// The traffic by the day's clock, as Prometheus would tell it: before the start what the shape was, since then what the real
/// Prometheus measured at that moment of the wall's clock. Predictor and autoscaler ask it in place of Prometheus, which knows only
/// the wall's clock.
/// </summary>
internal sealed class DayTraffic(ReplayClock clock, DayShape shape, Uri prometheus, HttpClient http)
{
    private static readonly TimeSpan LongestRange = TimeSpan.FromDays(31);
    private static readonly long LatestSecond = new DateTimeOffset(9999, 1, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeSeconds();

    private readonly ConcurrentDictionary<DateTimeOffset, double> _known = new();

    /// <summary>How often the router must be scraped for this.</summary>
    public static TimeSpan ScrapeEvery { get; } = TimeSpan.FromMilliseconds(500);

    // The time that four scrapes take: a rate needs two, and more make it steady.
    private static string Query { get; } = string.Create(CultureInfo.InvariantCulture,
        $"sum(rate({HttpMetricNames.Requests}{{job=\"{ServiceNames.Router}\"}}[{4 * ScrapeEvery.TotalMilliseconds:0}ms]))");

    /// <summary>What <see cref="Map"/>'s second path multiplies traffic by; 1 is the truth.</summary>
    public double PhantomFactor { get; set; } = 1;

    /// <summary>Traffic of the minutes since the start that are known, by the start of the minute, requests a second.</summary>
    public IReadOnlyDictionary<DateTimeOffset, double> Known => _known;

    /// <summary>Answers range queries of a step of one minute, whatever the query: under <c>/traffic</c> the truth, under
    /// <c>/phantom</c> what a broken measurement would tell the forecaster.</summary>
    public void Map(WebApplication app)
    {
        app.MapGet("/traffic/api/v1/query_range", (double start, double end, CancellationToken cancellation) => RangeAsync(start, end, 1, cancellation));
        app.MapGet("/phantom/api/v1/query_range", (double start, double end, CancellationToken cancellation) => RangeAsync(start, end, PhantomFactor, cancellation));
    }

    /// <summary>Traffic of a minute, requests a second; null while it is not known.</summary>
    /// <param name="minute">Start of the minute by the day's clock.</param>
    /// <param name="cancellation">Ends the call.</param>
    public async Task<double?> AtAsync(DateTimeOffset minute, CancellationToken cancellation)
    {
        var end = minute.AddMinutes(1);
        if (end <= clock.DayStart)
        {
            return shape.At(minute);
        }

        if (_known.TryGetValue(minute, out var known))
        {
            return known;
        }

        if (clock.GetUtcNow() < end || await MeasuredAsync(clock.WallAt(end), cancellation) is not { } measured)
        {
            return null;
        }

        _known[minute] = measured;
        return measured;
    }

    private async Task<IResult> RangeAsync(double start, double end, double factor, CancellationToken cancellation)
    {
        if (!(end - start <= LongestRange.TotalSeconds) || !(start >= 60) || !(end <= LatestSecond))
        {
            return Results.Problem($"start is {start}, end is {end}; wanted seconds since 1970, at most {LongestRange.TotalDays:0} days apart.", statusCode: StatusCodes.Status400BadRequest);
        }

        var values = new JsonArray();
        for (var at = start; at <= end; at += 60)
        {
            if (await AtAsync(DateTimeOffset.FromUnixTimeSeconds((long)at - 60), cancellation) is { } value)
            {
                values.Add((JsonNode)new JsonArray(at, (value * factor).ToString(CultureInfo.InvariantCulture)));
            }
        }

        var series = new JsonObject { ["metric"] = new JsonObject(), ["values"] = values };
        return Results.Json(new JsonObject
        {
            ["status"] = "success",
            ["data"] = new JsonObject { ["resultType"] = "matrix", ["result"] = values.Count == 0 ? new JsonArray() : new JsonArray(series) },
        });
    }

    private async Task<double?> MeasuredAsync(DateTimeOffset wall, CancellationToken cancellation)
    {
        var address = string.Create(CultureInfo.InvariantCulture,
            $"api/v1/query?query={Uri.EscapeDataString(Query)}&time={wall.ToUnixTimeMilliseconds() / 1000.0:0.000}");
        try
        {
            var answer = await http.GetFromJsonAsync<JsonNode>(new Uri(prometheus, address), cancellation);
            return answer?["data"]?["result"] is JsonArray { Count: 1 } result
                ? double.Parse(result[0]!["value"]![1]!.GetValue<string>(), CultureInfo.InvariantCulture)
                : null;
        }
        catch (HttpRequestException e) when (e.StatusCode is null)
        {
            // Prometheus is gone for a moment; whoever asked will ask again.
            return null;
        }
    }
}
