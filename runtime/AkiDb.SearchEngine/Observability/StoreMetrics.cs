using AkiDb.Contracts;
using AkiDb.Telemetry.Metrics;

namespace AkiDb.SearchEngine.Observability;

/// <summary>What the store counts.</summary>
internal sealed class StoreMetrics(MetricRegistry registry, params (string, string)[] place)
{
    private static readonly double[] CommitSeconds = [0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 1, 5];

    private readonly Histogram _commits = registry.Histogram(SearchMetricNames.CommitDuration, "Time of one commit, its flush included.", CommitSeconds, place);
    private readonly Counter _writes = registry.Counter(SearchMetricNames.CommittedWrites, "Write requests made durable.", place);
    private readonly Counter _quarantined = registry.Counter(SearchMetricNames.Quarantined, "Files found damaged and put aside.", place);

    /// <summary>Files put aside since the start.</summary>
    public int Quarantined => (int)_quarantined.Value;

    public void CountCommit(TimeSpan duration, int writes)
    {
        _commits.Observe(duration.TotalSeconds);
        _writes.Add(writes);
    }

    public void CountQuarantined() => _quarantined.Increment();
}
