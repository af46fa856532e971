using AkiDb.Router.Routing;

namespace AkiDb.Router.Load;

/// <summary>Exchanges load with Redis for as long as the configuration names one; follows changes of the configuration.</summary>
internal sealed partial class LoadExchangeLoop(RoutingState routing, string routerId, ILogger<LoadExchangeLoop> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <summary>The exchange in use; null while this router counts alone.</summary>
    public LoadExchange? Current { get; private set; }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                if (routing.Model.Config.Redis is null)
                {
                    Forget();
                    await Task.Delay(Pause, routing.Clock.Time, stoppingToken);
                }
                else
                {
                    await ExchangeAsync(stoppingToken);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopping.
        }
    }

    private async Task ExchangeAsync(CancellationToken stoppingToken)
    {
        var config = routing.Model.Config.Redis!;
        var password = config.PasswordVariable is null ? null : Environment.GetEnvironmentVariable(config.PasswordVariable);
        await using var client = new RespClient(RespEndpoint.Parse(config.Url, password), routing.Clock.Time);
        var exchange = Current = new LoadExchange(client, config, routerId);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(config.FlushMs), routing.Clock.Time);
        var wasWell = true;
        while (config == routing.Model.Config.Redis && await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await exchange.ExchangeAsync(routing.Model, routing.Clock, stoppingToken);
                LogRecovery(ref wasWell);
            }
            catch (Exception e) when (e is IOException or TimeoutException or RespErrorException)
            {
                LogLoss(ref wasWell, e.Message);
                exchange.Extrapolate(routing.Model, routing.Clock.Now);
            }
        }
    }

    private void Forget()
    {
        Current = null;
        foreach (var backend in routing.Model.Backends)
        {
            backend.State.OthersRps = 0;
        }
    }

    private void LogLoss(ref bool wasWell, string reason)
    {
        if (wasWell)
        {
            LogLost(log, reason);
        }

        wasWell = false;
    }

    private void LogRecovery(ref bool wasWell)
    {
        if (!wasWell)
        {
            LogFound(log);
        }

        wasWell = true;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Shared load counters are lost; going on with this router's own estimate: {Reason}")]
    private static partial void LogLost(ILogger log, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "Shared load counters are back.")]
    private static partial void LogFound(ILogger log);
}
