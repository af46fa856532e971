using AkiDb.Contracts;

namespace AkiDb.Predictor.Replay;

/// <summary>
/// The specification's rule (W14, "compute_desired_replicas" and "Proactive Scaling Workflow"): replicas for the greatest of the 15
/// forecast minutes, only if that is more than 20 % off, at most twice as many. Its "confidence above 85 %" is defined nowhere
/// and left out.
/// </summary>
internal sealed class SpecificationPolicy(string name, IForecastFeed feed, ReplicaRule rule) : IScalingPolicy
{
    private const double Band = 0.2;
    private const int MostTimes = 2;

    public string Name => name;

    public int Decide(int minute, int replicas)
    {
        var wanted = rule.ReplicasFor(feed.PeakAfter(minute));
        return Math.Abs(wanted - replicas) > Band * replicas ? Math.Min(wanted, MostTimes * replicas) : replicas;
    }
}
