using System.Diagnostics;
using AkiDb.Contracts;
using AkiDb.Local.Cluster;
using AkiDb.Local.Scoreboard;
using AkiDb.Local.Traffic;

namespace AkiDb.Local;

/// <summary>One run from the first server to the report.</summary>
internal static class LocalRun
{
    private const int Seed = 1;

    // Predictor and autoscaler start meanwhile, and the router's rate settles.
    private static readonly TimeSpan BeforeTheDay = TimeSpan.FromSeconds(6);

    /// <summary>Runs until the time is over or it is told to stop; whatever it started is ended then.</summary>
    /// <returns>The figures; null if it was told to stop before it was live.</returns>
    /// <exception cref="LocalException">A server did not come up, or another run is in its place.</exception>
    public static async Task<RunReport?> RunAsync(LocalSettings settings, CancellationToken cancellation)
    {
        var began = Stopwatch.GetTimestamp();
        using var folder = RunFolder.Take(settings.Folder);
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { Timeout = TimeSpan.FromSeconds(30) };
        using var log = new RunLog(settings.RecordFolder, Say);
        var shape = new DayShape(settings.PeakRequestsPerSecond, Seed);
        try
        {
            var model = await ModelTraining.RequireAsync(settings, folder, shape, log.Note, cancellation);
            await using var api = await ClusterApi.StartAsync(folder.At("api"), settings.Readers.Min, settings.Readers.Max);
            await using var cluster = new LocalCluster(settings, folder, api, log, http);
            var requests = new RequestMaker(http, cluster.Router);
            await cluster.StartServingAsync(requests, settings.Rule.ReplicasFor(shape.At(settings.Start)), cancellation);

            var clock = new ReplayClock(TimeProvider.System.GetUtcNow() + BeforeTheDay, settings.Start, settings.Speed);
            log.Day = clock;
            var traffic = new DayTraffic(clock, shape, cluster.Prometheus, http);
            var sampler = new Sampler(settings, cluster, clock, traffic, http, log);
            var replicas = new ReplicaLedger(clock.DayStart);
            await using var faults = new Faults(cluster, traffic, clock, log);
            await using var page = LocalPage.Build(settings.Port, traffic, sampler.State, faults);
            await page.StartAsync(cancellation);
            await sampler.ReadRouterAsync(cancellation);

            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            Task[] work =
            [
                Task.Run(() => new TrafficGenerator(requests, shape, clock, sampler.Latency.Add).RunAsync(stop.Token), CancellationToken.None),
                Task.Run(() => sampler.RunAsync(stop.Token), CancellationToken.None),
                Task.Run(() => new DeploymentController(cluster, clock, replicas, log).RunAsync(stop.Token), CancellationToken.None),
            ];
            try
            {
                await cluster.StartScalingAsync(clock, new Uri($"http://127.0.0.1:{settings.Port}"), model, cancellation);
                log.Note($"live after {Stopwatch.GetElapsedTime(began).TotalSeconds:0} s: http://127.0.0.1:{settings.Port}  (Ctrl-C ends it; logs in {folder.Logs})");
                var time = Task.Delay(settings.Duration ?? Timeout.InfiniteTimeSpan, cancellation);
                var ended = await Task.WhenAny([time, cluster.WatchAsync(stop.Token), .. work]);
                await (ended == time || cancellation.IsCancellationRequested ? Task.CompletedTask : ended);
            }
            finally
            {
                await stop.CancelAsync();
                await Task.WhenAll(work).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }

            var length = TimeProvider.System.GetUtcNow() - clock.WallStart;
            await sampler.ReadRouterAsync(CancellationToken.None);
            var report = RunReport.Of(settings, sampler, replicas, traffic, clock, length);
            log.Keep(report);
            return report;
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

    private static void Say(string text) => Console.Error.WriteLine(text);
}
