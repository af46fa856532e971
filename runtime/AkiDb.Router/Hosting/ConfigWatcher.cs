using AkiDb.Router.Configuration;
using AkiDb.Router.Model;
using AkiDb.Router.Observability;
using AkiDb.Router.Proxy;
using AkiDb.Router.Routing;

namespace AkiDb.Router.Hosting;

/// <summary>
/// Follows the configuration file. It is read again twice a second and compared by content: a ConfigMap is swapped by renaming a
/// link above it, which file-system events miss. A good change swaps the model; a bad one is told in full and changes nothing.
/// </summary>
internal sealed partial class ConfigWatcher(
    string path, string appliedText, RoutingState routing, Hedge hedge, RouterMetrics metrics, ILogger<ConfigWatcher> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    private string _seen = appliedText;

    /// <summary>Errors of the last refused change; empty when the file and the model agree.</summary>
    public IReadOnlyList<ConfigError> Errors { get; private set; } = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            using var timer = new PeriodicTimer(Interval, routing.Clock.Time);
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await LookAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopping.
        }
    }

    private async Task LookAsync(CancellationToken stoppingToken)
    {
        string text;
        try
        {
            text = await File.ReadAllTextAsync(path, stoppingToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            text = "";
        }

        if (text == _seen)
        {
            return;
        }

        _seen = text;
        try
        {
            Apply(ConfigParser.Parse(text));
        }
        catch (ConfigException e)
        {
            Errors = e.Errors;
            metrics.CountConfigChange(isApplied: false);
            LogRefused(log, path, e.Message);
        }
    }

    private void Apply(RouterConfig config)
    {
        var before = routing.Model;
        routing.Model = RouterModel.Build(config, before, routing.Clock.Now, hedge);
        Errors = [];
        metrics.CountConfigChange(isApplied: true);
        LogApplied(log, path, config.Backends.Count);
        if (config.Listen.SequenceEqual(before.Config.Listen) && config.AccessLog.Path == before.Config.AccessLog.Path
            && config.Limits with { MaxInFlight = 0 } == before.Config.Limits with { MaxInFlight = 0 })
        {
            return;
        }

        LogRestartNeeded(log);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Configuration {Path} applied: {Backends} backends.")]
    private static partial void LogApplied(ILogger log, string path, int backends);

    [LoggerMessage(Level = LogLevel.Error, Message = "Configuration {Path} is refused, the one before stays in use: {Errors}")]
    private static partial void LogRefused(ILogger log, string path, string errors);

    [LoggerMessage(Level = LogLevel.Warning, Message = "listen, accessLog.path, limits.maxBodyBytes and limits.maxHeaderBytes take effect at the next start.")]
    private static partial void LogRestartNeeded(ILogger log);
}
