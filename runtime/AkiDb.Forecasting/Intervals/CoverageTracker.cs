namespace AkiDb.Forecasting.Intervals;

/// <summary>How often what came stayed at or below its bound: the honest reading of "confidence". Not thread-safe.</summary>
public sealed class CoverageTracker
{
    private readonly Queue<(long Minute, bool IsCovered)> _verdicts = new();
    private readonly long _windowMinutes;
    private int _covered;

    /// <summary>Starts without verdicts.</summary>
    /// <param name="windowMinutes">Minutes for which a verdict counts. At least 1.</param>
    public CoverageTracker(int windowMinutes = RollingConformal.DefaultWindowMinutes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(windowMinutes, 1);
        _windowMinutes = windowMinutes;
    }

    /// <summary>Number of verdicts in the window.</summary>
    public int Count => _verdicts.Count;

    /// <summary>Share of the window's bounds that held, 0 to 1; NaN without a verdict.</summary>
    public double Coverage => _verdicts.Count == 0 ? double.NaN : (double)_covered / _verdicts.Count;

    /// <summary>Takes in a bound whose outcome is known.</summary>
    /// <param name="minute">When it was given, in minutes of any clock; not before the previous one's.</param>
    /// <param name="upperBound">The bound that was given, queries per second.</param>
    /// <param name="actual">What came, queries per second.</param>
    public void Add(long minute, double upperBound, double actual)
    {
        while (_verdicts.TryPeek(out var oldest) && oldest.Minute <= minute - _windowMinutes)
        {
            _covered -= _verdicts.Dequeue().IsCovered ? 1 : 0;
        }

        var isCovered = actual <= upperBound;
        _verdicts.Enqueue((minute, isCovered));
        _covered += isCovered ? 1 : 0;
    }
}
