using System.Diagnostics;
using AkiDb.Contracts;
using AkiDb.Local.Cluster;
using AkiDb.Local.Scoreboard;
using AkiDb.Local.Traffic;

namespace AkiDb.Local;

/// <summary>One run from the first server to the report.</summary>
internal sealed class LocalRun
{
    private const int Seed = 1;

    // Predictor and autoscaler start meanwhile, and the router's rate settles.
    private static readonly TimeSpan BeforeTheDay = TimeSpan.FromSeconds(6);

    private readonly long _began = Stopwatch.GetTimestamp();
    private readonly LocalSettings _settings;
    private readonly RunFolder _folder;
    private readonly RunLog _log;
    private readonly HttpClient _http;
    private readonly DayShape _shape;

    private LocalRun(LocalSettings settings, RunFolder folder, RunLog log, HttpClient http) =>
        (_settings, _folder, _log, _http, _shape) = (settings, folder, log, http, new DayShape(settings.PeakRequestsPerSecond, Seed));

    /// <summary>Runs until the time is over or it is told to stop; whatever it started is ended then.</summary>
    /// <returns>The figures; null if it was told to stop before it was live.</returns>
    /// <exception cref="LocalException">A server did not come up or ended, or another run is in its place.</exception>
    public static async Task<RunReport?> RunAsync(LocalSettings settings, CancellationToken cancellation)
    {
        using var folder = RunFolder.Take(settings.Folder);
        LocalCheck.RequirePort(settings.Port);
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { Timeout = TimeSpan.FromSeconds(30) };
        using var log = new RunLog(settings.RecordFolder, Console.Error.WriteLine);
        try
        {
            return await new LocalRun(settings, folder, log, http).RunAsync(cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or HttpRequestException)
        {
            throw new LocalException($"It cannot go on: {e.Message} Logs are in {folder.Logs}.");
        }
    }

    private async Task<RunReport> RunAsync(CancellationToken cancellation)
    {
        var model = await ModelTraining.RequireAsync(_settings, _folder, _shape, _log.Note, cancellation);
        await using var api = await ClusterApi.StartAsync(_folder.At("api"), _settings.Readers.Min, _settings.Readers.Max);
        await using var cluster = new LocalCluster(_settings, _folder, api, _log, _http);
        var requests = new RequestMaker(_http, cluster.Router);
        await cluster.StartServingAsync(requests, _settings.Rule.ReplicasFor(_shape.At(_settings.Start)), cancellation);

        var clock = new ReplayClock(TimeProvider.System.GetUtcNow() + BeforeTheDay, _settings.Start, _settings.Speed);
        _log.BeginDay(clock);
        var traffic = new DayTraffic(clock, _shape, cluster.Prometheus, _http);
        var sampler = new Sampler(_settings, cluster, clock, traffic, _http, _log);
        var replicas = new ReplicaLedger(clock.DayStart);
        await using var faults = new Faults(cluster, traffic, clock, _log);
        await using var page = LocalPage.Build(_settings.Port, traffic, sampler.State, faults);
        await page.StartAsync(cancellation);
        await sampler.ReadRouterAsync(cancellation);

        await UntilEndedAsync(
            stop =>
            [
                new TrafficGenerator(requests, _shape, clock, sampler.Requests.Add).RunAsync(stop),
                sampler.RunAsync(stop),
                new DeploymentController(cluster, clock, replicas, _log).RunAsync(stop),
            ],
            () => cluster.StartScalingAsync(clock, new Uri($"http://127.0.0.1:{_settings.Port}"), model, cancellation),
            cluster.WatchAsync,
            clock,
            cancellation);

        var length = TimeProvider.System.GetUtcNow() - clock.WallStart;
        await sampler.ReadRouterAsync(CancellationToken.None);
        var report = RunReport.Of(_settings, sampler, replicas, traffic, clock, length);
        _log.Keep(report);
        return report;
    }

    private static TimeSpan NotBelowZero(TimeSpan left) => left > TimeSpan.Zero ? left : TimeSpan.Zero;

    // Ends with the time, with a word from outside, or with whatever of the work fails; the work has ended then too.
    private async Task UntilEndedAsync(
        Func<CancellationToken, Task[]> begin, Func<Task> start, Func<CancellationToken, Task> watch, ReplayClock clock, CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var work = await Task.Run(() => begin(stop.Token), CancellationToken.None);
        try
        {
            await start();
            _log.Note($"live after {Stopwatch.GetElapsedTime(_began).TotalSeconds:0} s: http://127.0.0.1:{_settings.Port}  (Ctrl-C ends it; logs in {_folder.Logs})");
            var late = TimeProvider.System.GetUtcNow() - clock.WallStart;
            if (late > TimeSpan.Zero)
            {
                _log.Note($"{(late * _settings.Speed).TotalMinutes:0} minutes of the day passed before the autoscaler was up: the machine is busy, and the figures have them");
            }

            var time = Task.Delay(_settings.Duration is { } length ? NotBelowZero(length - late) : Timeout.InfiniteTimeSpan, cancellation);
            var ended = await Task.WhenAny([time, watch(stop.Token), .. work]);
            await (ended == time || cancellation.IsCancellationRequested ? Task.CompletedTask : ended);
        }
        finally
        {
            await stop.CancelAsync();
            await Task.WhenAll(work).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
