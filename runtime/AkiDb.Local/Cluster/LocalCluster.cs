using System.Globalization;
using AkiDb.Contracts;
using AkiDb.Local.Processes;
using AkiDb.Local.Scoreboard;
using AkiDb.Local.Traffic;

namespace AkiDb.Local.Cluster;

/// <summary>Every server of the run, started as a user would start it, by <c>akidb</c> commands.</summary>
internal sealed class LocalCluster : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan JetsonDelay = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan LambdaDelay = TimeSpan.FromMilliseconds(40);

    /// <summary>Queries that each server gets before traffic begins: .NET compiles a method anew, and well, after 30 calls.</summary>
    public const int WarmQueries = 100;

    private readonly LocalSettings _settings;
    private readonly HttpClient _http;
    private readonly RunLog _log;
    private readonly RunFolder _folder;
    private readonly List<WebApplication> _slowed = [];
    private readonly List<ChildProcess> _servers = [];
    private readonly Lock _files = new();
    private readonly int _redisPort = LoopbackPort.Free();
    private readonly Uri _jetson = LoopbackPort.FreeUrl();
    private readonly Uri _lambda = LoopbackPort.FreeUrl();
    private readonly RouterFile _routerFile;
    private readonly PrometheusFiles _prometheusFiles;
    private ChildProcess? _redis;

    /// <param name="settings">What was asked for.</param>
    /// <param name="folder">Where it writes.</param>
    /// <param name="api">The API server; the caller's to end.</param>
    /// <param name="log">Told what happens.</param>
    /// <param name="http">For health and requests.</param>
    public LocalCluster(LocalSettings settings, RunFolder folder, ClusterApi api, RunLog log, HttpClient http)
    {
        (_settings, _folder, Api, _log, _http) = (settings, folder, api, log, http);
        _routerFile = new RouterFile(folder.RouterConfig, _jetson, _lambda, $"redis://127.0.0.1:{_redisPort}", settings.RequestsPerSecondPerReader);
        _prometheusFiles = new PrometheusFiles(folder.Path, settings.RecordFolder ?? folder.Path);
        Readers = new ReaderPool(StartReader, http, OnReaderChange);
    }

    public ReaderPool Readers { get; }

    public Uri Writer { get; } = LoopbackPort.FreeUrl();

    public Uri Router { get; } = LoopbackPort.FreeUrl();

    public Uri Prometheus { get; } = LoopbackPort.FreeUrl();

    public Uri Predictor { get; } = LoopbackPort.FreeUrl();

    public Uri Autoscaler { get; } = LoopbackPort.FreeUrl();

    /// <summary>The API server.</summary>
    public ClusterApi Api { get; }

    /// <summary>Starts what answers requests, and fills the collection.</summary>
    /// <param name="requests">Knows the documents.</param>
    /// <param name="replicas">Readers to begin with.</param>
    /// <param name="cancellation">Ends the start.</param>
    /// <exception cref="LocalException">A server did not come up.</exception>
    public async Task StartServingAsync(RequestMaker requests, int replicas, CancellationToken cancellation)
    {
        Api.Scale(replicas);
        StartRedis();
        _prometheusFiles.Write(Router, DayTraffic.ScrapeEvery,
            [(ServiceNames.SearchWriter, Writer), (ServiceNames.TrafficPredictor, Predictor), (ServiceNames.PredictiveAutoscaler, Autoscaler)]);
        var prometheus = Start("prometheus",
        [
            "prometheus", $"--config.file={_prometheusFiles.ConfigPath}", $"--storage.tsdb.path={_prometheusFiles.DataPath}",
            $"--web.listen-address={Prometheus.Authority}", "--log.level=warn",
        ]);
        _servers.Add(prometheus);
        var writer = StartAkiDb("writer",
        [
            "search", "serve", "--role", "writer", "--data", _folder.At("writer"), "--publish", _folder.Published, "--publish-interval", "1",
            "--urls", Writer.AbsoluteUri, "--no-auth", "--cluster", "local", "--region", "local",
        ]);
        await writer.WaitUntilReadyAsync(_http, new Uri(Writer, ServiceEndpoints.Ready), Patience, cancellation);
        _log.Note("the writer is ready; documents go in");
        await requests.FillAsync(Writer, cancellation);
        _slowed.Add(await SlowedBackend.StartAsync(_jetson, Writer, JetsonDelay));
        _slowed.Add(await SlowedBackend.StartAsync(_lambda, Writer, LambdaDelay));
        await Readers.StartAsync(replicas, cancellation);
        await Task.WhenAll(Readers.Readers.Select(reader => reader.Url).Append(Writer).Select(server => requests.WarmAsync(server, WarmQueries, cancellation)));
        var router = StartAkiDb("router", ["router", "serve", "--config", _folder.RouterConfig, "--urls", Router.AbsoluteUri]);
        await router.WaitUntilReadyAsync(_http, new Uri(Router, ServiceEndpoints.Ready), Patience, cancellation);
        await requests.WarmAsync(Router, WarmQueries, cancellation);
        await prometheus.WaitUntilReadyAsync(_http, new Uri(Prometheus, "/-/ready"), Patience, cancellation);
        _log.Note("the router is ready");
    }

    /// <summary>Starts predictor and autoscaler, which live by the day's clock.</summary>
    /// <param name="clock">The day's clock.</param>
    /// <param name="page">Address of the page, under which traffic is told.</param>
    /// <param name="model">Folder of the trained model.</param>
    /// <param name="cancellation">Ends the start.</param>
    /// <exception cref="LocalException">A server did not come up.</exception>
    public async Task StartScalingAsync(ReplayClock clock, Uri page, string model, CancellationToken cancellation)
    {
        var predictor = StartAkiDb("predictor",
        [
            "predictor", "serve", "--prometheus", new Uri(page, "/phantom").AbsoluteUri, "--models", model, "--history-days", "7",
            "--urls", Predictor.AbsoluteUri, "--clock", clock.ToString(),
        ]);
        await predictor.WaitUntilReadyAsync(_http, new Uri(Predictor, ServiceEndpoints.Ready), Patience, cancellation);
        var autoscaler = StartAkiDb("autoscaler",
        [
            "predictor", "autoscale", "--prometheus", new Uri(page, "/traffic").AbsoluteUri, "--predictor", Predictor.AbsoluteUri,
            "--api-server", Api.Url.AbsoluteUri, "--token-file", Api.TokenFile, "--ca-file", Api.AuthorityFile,
            "--lead", _settings.LeadMinutes.ToString(CultureInfo.InvariantCulture),
            "--replica-qps", _settings.RequestsPerSecondPerReader.ToString(CultureInfo.InvariantCulture),
            "--urls", Autoscaler.AbsoluteUri, "--clock", clock.ToString(),
        ]);
        await autoscaler.WaitUntilReadyAsync(_http, new Uri(Autoscaler, ServiceEndpoints.Ready), Patience, cancellation);
    }

    /// <summary>Waits until a server ends that should not.</summary>
    /// <exception cref="LocalException">One did; the message has the end of its log.</exception>
    public async Task WatchAsync(CancellationToken cancellation)
    {
        var ended = await Task.WhenAny([Readers.Running, .. _servers.Select(server => server.Ended)]).WaitAsync(cancellation);
        await ended;
        throw _servers.First(server => server.HasExited).Failure();
    }

    /// <summary>Starts Redis, empty.</summary>
    public void StartRedis() => _redis = Start("redis",
        ["redis-server", "--port", $"{_redisPort}", "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", _folder.Path]);

    /// <summary>Ends Redis at once.</summary>
    public async Task StopRedisAsync()
    {
        if (_redis is { } redis)
        {
            _redis = null;
            await redis.DisposeAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Readers.DisposeAsync();
        await Task.WhenAll(_servers.Select(server => server.StopAsync(StopPatience)));
        await StopRedisAsync();
        foreach (var started in _servers.Concat<IAsyncDisposable>(_slowed))
        {
            await started.DisposeAsync();
        }
    }

    private ChildProcess StartReader(string name, Uri url) => ChildProcess.Start(name, _folder.Logs,
    [
        _settings.Launcher, "search", "serve", "--role", "reader", "--data", _folder.At(name), "--follow", _folder.Published, "--writer", Writer.AbsoluteUri,
        "--publish-interval", "1", "--drain-delay", "0.5", "--urls", url.AbsoluteUri, "--no-auth", "--cluster", "local", "--region", "local",
    ], _folder.Environment);

    private ChildProcess StartAkiDb(string name, IEnumerable<string> arguments)
    {
        var server = Start(name, [_settings.Launcher, .. arguments]);
        _servers.Add(server);
        return server;
    }

    private ChildProcess Start(string name, IReadOnlyList<string> command) => ChildProcess.Start(name, _folder.Logs, command, _folder.Environment);

    private void OnReaderChange(string what)
    {
        _log.Note(what);
        lock (_files)
        {
            _routerFile.Write(Readers.Readers);
            _prometheusFiles.WriteReaders(Readers.Readers);
        }
    }
}
