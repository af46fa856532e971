using System.Text.Json;
using System.Text.Json.Nodes;
using AkiDb.Contracts;
using AkiDb.Local.Cluster;
using AkiDb.Local.Traffic;
using AkiDb.Predictor.Forecasts;

namespace AkiDb.Local.Scoreboard;

/// <summary>Looks at everything: replicas five times a second, all else once. It also lets the pool follow the Deployment.</summary>
internal sealed class Sampler(LocalSettings settings, LocalCluster cluster, ReplayClock clock, DayTraffic traffic, HttpClient http, RunLog log)
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(200);
    private const int LooksPerSample = 5;

    private DateTimeOffset _measured = clock.DayStart;
    private volatile ForecastDocument? _forecast;

    /// <summary>Results of requests.</summary>
    public LatencyWindow Latency { get; } = new();

    /// <summary>What the router did.</summary>
    public RouterBooks Books { get; } = new();

    /// <summary>Readers by the minute.</summary>
    public ReplicaLedger Replicas { get; } = new(clock.DayStart);

    /// <summary>Looks until told to stop.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        for (var look = 0; !cancellation.IsCancellationRequested; look++)
        {
            cluster.Readers.SetWanted(cluster.Api!.Replicas);
            var readers = cluster.Readers.Readers;
            cluster.Api.Report(readers.Count);
            Replicas.Record(clock.GetUtcNow(), cluster.Readers.ReadyCount, readers.Count);
            foreach (var decision in cluster.Api.NewDecisions())
            {
                log.Note(decision);
            }

            if (look % LooksPerSample == 0)
            {
                await SampleAsync(cancellation);
            }

            await Task.Delay(LookEvery, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>All that the page shows.</summary>
    public RunState State()
    {
        var (spent, uniform) = Books.Money();
        var counts = Latency.Counts().Values;
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

    private async Task SampleAsync(CancellationToken cancellation)
    {
        try
        {
            Books.Record((await http.GetFromJsonAsync<JsonNode>(new Uri(cluster.Router, "/_router/state"), cancellation))!);
            // Every minute is measured, asked for by the predictor or not.
            for (; _measured.AddMinutes(1) <= clock.GetUtcNow(); _measured = _measured.AddMinutes(1))
            {
                await traffic.AtAsync(_measured, cancellation);
            }

            _forecast = await http.GetFromJsonAsync<ForecastDocument>(new Uri(cluster.Predictor, ServiceEndpoints.Forecast), JsonSerializerOptions.Web, cancellation);
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            // Not up yet, or gone for a moment: what was known stays.
        }

        var (rps, latency) = Latency.Recent();
        var ready = cluster.Readers.ReadyCount;
        log.Add(new Sample(
            Seconds(clock.GetUtcNow()), rps, latency?.P50, latency?.P95, latency?.P99, ready, cluster.Readers.Wanted,
            ready * settings.RequestsPerSecondPerReader, Latency.Counts().Values.Sum(count => count.Failed)));
    }

    private static ForecastPoint Point(ForecastMinute minute) =>
        new(Seconds(minute.Time), minute.Qps, minute.LowerQps ?? minute.Qps, minute.UpperQps ?? minute.Qps);

    private static double Seconds(DateTimeOffset time) => time.ToUnixTimeMilliseconds() / 1000.0;
}
