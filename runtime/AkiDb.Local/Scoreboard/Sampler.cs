using System.Text.Json;
using System.Text.Json.Nodes;
using AkiDb.Contracts;
using AkiDb.Local.Cluster;
using AkiDb.Local.Traffic;
using AkiDb.Predictor.Forecasts;

namespace AkiDb.Local.Scoreboard;

/// <summary>Looks at everything once a second, for the page and the report.</summary>
internal sealed class Sampler(LocalSettings settings, LocalCluster cluster, ReplayClock clock, DayTraffic traffic, HttpClient http, RunLog log)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private DateTimeOffset _measured = clock.DayStart;
    private volatile ForecastDocument? _forecast;

    /// <summary>Results of requests.</summary>
    public RequestLedger Requests { get; } = new();

    /// <summary>What the router did.</summary>
    public RouterBooks Books { get; } = new();

    /// <summary>Looks until told to stop.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            await TryAsync(() => ReadRouterAsync(cancellation));
            await TryAsync(() => MeasureAsync(cancellation));
            await TryAsync(() => ReadForecastAsync(cancellation));
            Sample();
            await Task.Delay(Interval, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Reads the router's books: before the traffic, which is where the run begins, and after it.</summary>
    public async Task ReadRouterAsync(CancellationToken cancellation) =>
        Books.Record((await http.GetFromJsonAsync<JsonNode>(new Uri(cluster.Router, "/_router/state"), cancellation))!);

    /// <summary>All that the page shows.</summary>
    public RunState State()
    {
        var (spent, uniform) = Books.Money();
        var counts = Requests.Counts().Values;
        return new RunState
        {
            SimulatedSeconds = Seconds(clock.GetUtcNow()),
            Speed = clock.Speed,
            Samples = log.Samples,
            Forecast = _forecast is { } forecast ? [.. forecast.Minutes.Select(Point)] : [],
            Forecaster = _forecast?.Forecaster,
            Backends = Books.Shares(),
            Requests = counts.Sum(count => count.Sent),
            Failed = counts.Sum(count => count.Failed),
            SpentUsd = spent,
            UniformUsd = uniform,
            Events = log.Events,
            Faults = Faults.Buttons,
        };
    }

    // Every minute is measured, asked for by the predictor or not.
    private async Task MeasureAsync(CancellationToken cancellation)
    {
        for (; _measured.AddMinutes(1) <= clock.GetUtcNow(); _measured = _measured.AddMinutes(1))
        {
            await traffic.AtAsync(_measured, cancellation);
        }
    }

    private async Task ReadForecastAsync(CancellationToken cancellation) => _forecast =
        await http.GetFromJsonAsync<ForecastDocument>(new Uri(cluster.Predictor, ServiceEndpoints.Forecast), JsonSerializerOptions.Web, cancellation);

    private void Sample()
    {
        var (rps, latency) = Requests.Recent();
        var ready = cluster.Readers.ReadyCount;
        log.Add(new Sample(
            Seconds(clock.GetUtcNow()), rps, latency?.P50, latency?.P95, latency?.P99, ready, cluster.Readers.Wanted,
            ready * settings.RequestsPerSecondPerReader, Requests.Counts().Values.Sum(count => count.Failed)));
    }

    private static async Task TryAsync(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (Exception e) when (e is HttpRequestException or IOException or JsonException or OperationCanceledException)
        {
            // Not up yet, gone for a moment, or the run ends: what was known stays.
        }
    }

    private static ForecastPoint Point(ForecastMinute minute) =>
        new(Seconds(minute.Time), minute.Qps, minute.LowerQps ?? minute.Qps, minute.UpperQps ?? minute.Qps);

    private static double Seconds(DateTimeOffset time) => time.ToUnixTimeMilliseconds() / 1000.0;
}
