using AkiDb.Kubernetes;
using AkiDb.Predictor.Forecasts;
using AkiDb.Predictor.Traffic;

namespace AkiDb.Predictor.Autoscaling;

/// <summary>
/// One round of the autoscaler: read, decide, write. Whatever cannot be read is not known and is decided without; the next round
/// is the repetition of a failed one. Not thread-safe.
/// </summary>
internal sealed partial class AutoscalerRound(
    AutoscalerSettings settings,
    IScaleTarget target,
    ITrafficSource traffic,
    IForecastSource forecasts,
    SwitchReader switchReader,
    DecisionEvents events,
    AutoscalerMetrics metrics,
    Func<bool> isLeading,
    TimeProvider time,
    ILogger<AutoscalerRound> log)
{
    private ScalingHistory _history = ScalingHistory.Empty;
    private long? _quietSince;
    private TimeSpan _quietFor;

    /// <summary>Runs once.</summary>
    /// <returns>The decision that was carried out, or needed nothing to be; null if none could be made.</returns>
    public async Task<ScalingDecision?> RunAsync(CancellationToken cancellationToken)
    {
        if (!isLeading())
        {
            // What another leader does meanwhile is not known here: begin anew.
            _history = ScalingHistory.Empty;
            metrics.Forget();
            return null;
        }

        if (_quietSince is { } since && time.GetElapsedTime(since) < _quietFor)
        {
            return null;
        }

        var reading = TryAsync("traffic", () => NewestAsync(cancellationToken), cancellationToken);
        var forecast = TryAsync("forecast", () => forecasts.LatestAsync(cancellationToken), cancellationToken);
        await TryAsync("switch", () => ReadSwitchAsync(cancellationToken), cancellationToken);
        var inputs = new ScalingInputs
        {
            Now = time.GetUtcNow(),
            Replicas = 0,
            Traffic = await reading,
            Forecast = await forecast,
            IsForecastEnabled = switchReader.Current.IsEnabled,
        };
        return await TryAsync("scale", () => CarryOutAsync(inputs, cancellationToken), cancellationToken);
    }

    private async Task<ScalingDecision?> CarryOutAsync(ScalingInputs inputs, CancellationToken cancellationToken)
    {
        var rules = settings.Scaling with { Rule = switchReader.Current.Bound(settings.Scaling.Rule) };
        for (var attempt = 1; ; attempt++)
        {
            var scale = await target.ReadAsync(cancellationToken);
            if (scale.Replicas == 0)
            {
                // Someone stopped it, such as the schedule of a test environment; the HPA treats 0 the same way.
                LogStopped(log, target.Name);
                _history = ScalingHistory.Empty;
                return null;
            }

            var (decision, history) = ReplicaDecider.Decide(rules, _history, inputs with { Replicas = scale.Replicas });
            try
            {
                if (decision.Replicas != scale.Replicas && !settings.IsDryRun)
                {
                    // The Lease may have passed to another pod while this one was reading.
                    if (!isLeading())
                    {
                        return null;
                    }

                    await target.WriteAsync(scale, decision.Replicas, cancellationToken);
                }
            }
            catch (KubernetesException e) when (e.IsConflict && attempt < settings.Attempts)
            {
                metrics.CountConflict();
                continue;
            }

            _history = history;
            await TellAsync(decision, cancellationToken);
            return decision;
        }
    }

    private async Task TellAsync(ScalingDecision decision, CancellationToken cancellationToken)
    {
        if (log.IsEnabled(LogLevel.Information))
        {
            log.Log(
                LogLevel.Information, new EventId(1, "Decision"), new DecisionLine(target.Name, decision, settings.IsDryRun), null, static (line, _) => line.ToString());
        }

        metrics.Record(decision);
        if (decision.Replicas != decision.Before && !settings.IsDryRun)
        {
            await TryAsync("event", () => events.ScaledAsync(target, decision, cancellationToken), cancellationToken);
        }
    }

    private async Task<TrafficReading?> NewestAsync(CancellationToken cancellationToken)
    {
        // Only whole minutes count; the newest may not have been scraped yet.
        var minutes = settings.Scaling.TrafficMaxAgeMinutes;
        var first = TrafficHistory.TimeOf(TrafficHistory.MinuteOf(time.GetUtcNow()) - minutes);
        var series = await traffic.ReadAsync(first, minutes, cancellationToken);
        return Enumerable.Range(0, series.Count).Reverse().Where(minute => !double.IsNaN(series[minute]))
            .Select(minute => (TrafficReading?)new TrafficReading(series[minute], series.TimeOf(minute))).FirstOrDefault();
    }

    private async Task<bool> ReadSwitchAsync(CancellationToken cancellationToken)
    {
        await switchReader.ReadAsync(cancellationToken);
        metrics.Enabled.Value = switchReader.Current.IsEnabled ? 1 : 0;
        foreach (var error in switchReader.Current.Errors)
        {
            LogSwitch(log, error);
        }

        return true;
    }

    private async Task<T?> TryAsync<T>(string call, Func<Task<T>> work, CancellationToken cancellationToken)
    {
        try
        {
            return await work();
        }
        catch (Exception e) when (e is HttpRequestException or IOException or TrafficSourceException or InvalidOperationException or FormatException
            || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            metrics.CountFailure(call);
            LogFailure(log, call, e.Message);
            if (e is KubernetesException { RetryAfter: { } wait })
            {
                (_quietSince, _quietFor) = (time.GetTimestamp(), wait < settings.LongestBackOff ? wait : settings.LongestBackOff);
            }

            return default;
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Target} has been set to 0 replicas; it is left alone until it has some.")]
    private static partial void LogStopped(ILogger log, string target);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The call for {Call} failed: {Reason}")]
    private static partial void LogFailure(ILogger log, string call, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "The off-switch ConfigMap: {Error}")]
    private static partial void LogSwitch(ILogger log, string error);
}
