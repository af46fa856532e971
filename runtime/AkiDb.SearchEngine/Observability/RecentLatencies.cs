namespace AkiDb.SearchEngine.Observability;

/// <summary>Times of the last queries, for the page and the status; objectives are judged on the histograms.</summary>
internal sealed class RecentLatencies
{
    private const int Length = 1_024;

    private readonly float[] _milliseconds = new float[Length];
    private long _count;

    public void Add(TimeSpan time) =>
        Volatile.Write(ref _milliseconds[(Interlocked.Increment(ref _count) - 1) % Length], (float)time.TotalMilliseconds);

    /// <summary>A quantile in milliseconds; null before the first query.</summary>
    /// <param name="share">0 to 1.</param>
    public double? Quantile(double share)
    {
        var count = (int)Math.Min(Volatile.Read(ref _count), Length);
        if (count == 0)
        {
            return null;
        }

        var sorted = _milliseconds[..count];
        Array.Sort(sorted);
        return Math.Round(sorted[(int)((count - 1) * share)], 3);
    }
}
