using System.Globalization;
using AkiDb.Contracts;

namespace AkiDb.Predictor.Replay;

/// <summary>
/// The horizontal pod autoscaler on utilisation: ceil(load / (capacity × target)), no change within a tolerance of 10 %, fewer only
/// after five minutes of wanting fewer (kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale, "Algorithm details"
/// and "Default behavior"). Pods that start count as idle, as they do there.
/// </summary>
internal sealed class ReactivePolicy(ReplayTrace trace, ReplicaRule rule, double target) : IScalingPolicy
{
    private const double Tolerance = 0.1;
    private const int StabilizationMinutes = 5;

    private readonly ReplicaRule _rule = rule with { TargetUtilisation = target };
    private readonly Queue<int> _recommended = new();

    public string Name { get; } = string.Create(CultureInfo.InvariantCulture, $"hpa-{target * 100:0}");

    public int Decide(int minute, int replicas)
    {
        var load = trace.Qps[minute];
        var ratio = load / (replicas * _rule.RequestsPerSecondPerReplica * target);
        var recommended = Math.Abs(ratio - 1) <= Tolerance ? replicas : _rule.ReplicasFor(load);
        _recommended.Enqueue(recommended);
        if (_recommended.Count > StabilizationMinutes)
        {
            _recommended.Dequeue();
        }

        return recommended >= replicas ? recommended : Math.Min(replicas, _recommended.Max());
    }
}
