namespace AkiDb.Router.Measurement;

/// <summary>
/// What recently happened: a histogram of the last 30 seconds in ten slices. Writers only increment; one reader, the
/// heartbeat, merges, adds the pseudo-samples of the expectation and reads the quantile.
/// </summary>
internal sealed class LatencyWindow
{
    /// <summary>
    /// Weight of the expectation in samples. Twenty: with a pessimistic setting it takes 380 real samples in the window before
    /// the 95th percentile may fall below it; with an optimistic one two slow samples raise it at once.
    /// </summary>
    public const int ExpectationSamples = 20;

    private const int Slices = 10;
    private const double SliceMs = 3_000;

    private readonly int[][] _slices = [.. Enumerable.Range(0, Slices).Select(_ => new int[LatencyBuckets.Count])];
    private readonly int[] _merged = new int[LatencyBuckets.Count];
    private long _sliceNumber;
    private double _expectedMs;

    /// <summary>Samples in the window at the last <see cref="Merge"/>, without the expectation.</summary>
    public int Samples { get; private set; }

    /// <summary>Counts one answer that took <paramref name="ms"/>.</summary>
    public void Record(double ms)
    {
        var slice = _slices[Volatile.Read(ref _sliceNumber) % Slices];
        Interlocked.Increment(ref slice[LatencyBuckets.IndexOf(ms)]);
    }

    /// <summary>Forgets slices that left the window and starts a merge with <paramref name="expectedMs"/>. Heartbeat only.</summary>
    public void Merge(double nowMs, double expectedMs)
    {
        Rotate((long)(nowMs / SliceMs));
        Array.Clear(_merged);
        foreach (var slice in _slices)
        {
            for (var i = 0; i < slice.Length; i++)
            {
                _merged[i] += slice[i];
            }
        }

        Samples = _merged.Sum();
        _expectedMs = expectedMs;
        _merged[LatencyBuckets.IndexOf(expectedMs)] += ExpectationSamples;
    }

    /// <summary>
    /// Adds to the merge a request that still waits and will take at least <paramref name="ageMs"/>: a backend that hangs is
    /// seen while it hangs, not when its requests end. Heartbeat only.
    /// </summary>
    public void AddWaiting(double ageMs) => _merged[LatencyBuckets.IndexOf(ageMs)]++;

    /// <summary>Quantile of the merge in milliseconds. Heartbeat only.</summary>
    /// <param name="q">0 to 1.</param>
    public double Quantile(double q)
    {
        long total = 0;
        foreach (var count in _merged)
        {
            total += count;
        }

        var rank = (long)Math.Ceiling(q * total);
        long seen = 0;
        for (var i = 0; i < _merged.Length; i++)
        {
            seen += _merged[i];
            if (seen >= rank && seen > 0)
            {
                // The expectation stands as it was said, not as its bucket's middle: budgets are compared with it exactly.
                return i == LatencyBuckets.IndexOf(_expectedMs) ? _expectedMs : LatencyBuckets.MiddleOf(i);
            }
        }

        return 0;
    }

    /// <summary>Forgets everything, as when a backend was replaced.</summary>
    public void Clear()
    {
        foreach (var slice in _slices)
        {
            Array.Clear(slice);
        }
    }

    private void Rotate(long number)
    {
        var steps = Math.Min(number - _sliceNumber, Slices);
        for (var i = 1; i <= steps; i++)
        {
            Array.Clear(_slices[(number - steps + i) % Slices]);
        }

        if (steps > 0)
        {
            Volatile.Write(ref _sliceNumber, number);
        }
    }
}
