using AkiDb.Contracts;
using AkiDb.Telemetry.Metrics;

namespace AkiDb.Predictor.Autoscaling;

/// <summary>The autoscaler's metrics.</summary>
internal sealed class AutoscalerMetrics
{
    private readonly MetricRegistry _registry;
    private readonly TimeProvider _time;
    private long _lastGood;

    public AutoscalerMetrics(MetricRegistry registry, TimeProvider time)
    {
        (_registry, _time, _lastGood) = (registry, time, time.GetTimestamp());
        var age = registry.Gauge(AutoscalerMetricNames.LastDecisionAge, "Seconds since the last decision that was carried out or needed no change.");
        registry.BeforeExposition(() => age.Value = _time.GetElapsedTime(Volatile.Read(ref _lastGood)).TotalSeconds);
        Leading = registry.Gauge(AutoscalerMetricNames.Leading, "1 in the pod that leads.");
        Enabled = registry.Gauge(AutoscalerMetricNames.Enabled, "1 in the pod that leads while forecasts may be used.");
    }

    public Gauge Leading { get; }

    public Gauge Enabled { get; }

    /// <summary>A call failed: traffic, forecast, scale, switch, lease or event.</summary>
    public void CountFailure(string call) => _registry.Counter(AutoscalerMetricNames.Failures, "Failed calls.", ("call", call)).Increment();

    /// <summary>A write met a newer version.</summary>
    public void CountConflict() => _registry.Counter(AutoscalerMetricNames.Conflicts, "Writes that met a newer version of their object.").Increment();

    /// <summary>A decision was made, and carried out if there was anything to do.</summary>
    public void Record(ScalingDecision decision)
    {
        Volatile.Write(ref _lastGood, _time.GetTimestamp());
        _registry.Counter(AutoscalerMetricNames.Decisions, "Decisions by reason.", (MetricLabels.Reason, decision.Reason.ToString())).Increment();
        if (decision.Replicas != decision.Before)
        {
            _registry.Counter(AutoscalerMetricNames.Actions, "Changes of the replica count.",
                (MetricLabels.Direction, decision.Replicas > decision.Before ? "up" : "down")).Increment();
        }

        _registry.Gauge(AutoscalerMetricNames.CurrentReplicas, "Replicas before the last decision.").Value = decision.Before;
        _registry.Gauge(AutoscalerMetricNames.DecidedReplicas, "Replicas that the last decision set.").Value = decision.Replicas;
        _registry.Gauge(AutoscalerMetricNames.ForecastUsed, "1 while a forecast takes part in decisions.").Value = decision.ForecastReplicas is null ? 0 : 1;
        SetOrRemove(AutoscalerMetricNames.NeededReplicas, "Replicas that the load of this moment needs.", decision.Floor);
        SetOrRemove(AutoscalerMetricNames.WantedReplicas, "Replicas that the forecast asks for.", decision.ForecastReplicas);
    }

    /// <summary>This pod does not lead: what it last knew of switch, traffic, forecast and replicas is the leader's to tell now.</summary>
    public void Forget()
    {
        Enabled.Value = 0;
        foreach (var name in (string[])
            [
                AutoscalerMetricNames.CurrentReplicas, AutoscalerMetricNames.DecidedReplicas, AutoscalerMetricNames.ForecastUsed,
                AutoscalerMetricNames.NeededReplicas, AutoscalerMetricNames.WantedReplicas,
            ])
        {
            _registry.Remove(name);
        }
    }

    // An old number would look like a measurement.
    private void SetOrRemove(string name, string help, int? value)
    {
        if (value is { } known)
        {
            _registry.Gauge(name, help).Value = known;
        }
        else
        {
            _registry.Remove(name);
        }
    }
}
