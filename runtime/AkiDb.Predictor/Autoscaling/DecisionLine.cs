using System.Collections;

namespace AkiDb.Predictor.Autoscaling;

/// <summary>A decision as a log line: a sentence for people, and every figure by its name for tools.</summary>
/// <remarks>A message with a hole for each figure would have empty ones wherever traffic or forecast is not known.</remarks>
internal sealed class DecisionLine(string target, ScalingDecision decision, bool isDryRun) : IReadOnlyList<KeyValuePair<string, object?>>
{
    private readonly KeyValuePair<string, object?>[] _figures =
    [
        new("Target", target),
        new(nameof(decision.Reason), decision.Reason),
        new(nameof(decision.Before), decision.Before),
        new(nameof(decision.Replicas), decision.Replicas),
        new(nameof(decision.TrafficQps), decision.TrafficQps),
        new(nameof(decision.Floor), decision.Floor),
        new(nameof(decision.Forecaster), decision.Forecaster),
        new(nameof(decision.ForecastQps), decision.ForecastQps),
        new(nameof(decision.Level), decision.Level),
        new(nameof(decision.LookAheadMinutes), decision.LookAheadMinutes),
        new(nameof(decision.ForecastReplicas), decision.ForecastReplicas),
        new(nameof(decision.ForecastRefusal), decision.ForecastRefusal),
        new(nameof(decision.StepLimit), decision.StepLimit),
        new(nameof(decision.MinReplicas), decision.MinReplicas),
        new(nameof(decision.MaxReplicas), decision.MaxReplicas),
        new(nameof(AutoscalerSettings.IsDryRun), isDryRun),
    ];

    public int Count => _figures.Length;

    public KeyValuePair<string, object?> this[int index] => _figures[index];

    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator() => _figures.AsEnumerable().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public override string ToString() =>
        $"{target}: {decision.Reason}, {decision.Before} to {decision.Replicas} replicas. {decision.Basis} Step limit {decision.StepLimit}, bounds {decision.MinReplicas} to {decision.MaxReplicas}{(isDryRun ? "; a dry run" : "")}.";
}
