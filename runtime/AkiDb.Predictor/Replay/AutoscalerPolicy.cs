using AkiDb.Predictor.Autoscaling;

namespace AkiDb.Predictor.Replay;

/// <summary>AkiDB's autoscaler: the same decisions as in a cluster, on a replay's time.</summary>
internal sealed class AutoscalerPolicy(string name, ReplayTrace trace, ScalingSettings settings, IForecastFeed? feed) : IScalingPolicy
{
    private ScalingHistory _history = ScalingHistory.Empty;

    public string Name => name;

    public int Decide(int minute, int replicas)
    {
        var inputs = new ScalingInputs
        {
            Now = trace.TimeOf(minute + 1),
            Replicas = replicas,
            Traffic = new TrafficReading(trace.Qps[minute], trace.TimeOf(minute)),
            Forecast = feed?.After(minute),
        };
        (var decision, _history) = ReplicaDecider.Decide(settings, _history, inputs);
        return decision.Replicas;
    }
}
