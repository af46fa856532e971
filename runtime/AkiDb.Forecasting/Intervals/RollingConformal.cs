namespace AkiDb.Forecasting.Intervals;

/// <summary>
/// Split-conformal upper bounds from the latest scores (Vovk 2005; Lei et al. 2018): a forecast's score is log(actual / forecast)
/// once the actual value is known, and the bound at a level is the forecast times the exponential of the scores' quantile at
/// that level. Scores older than the window are forgotten, so the bound follows the traffic; and where it follows too slowly, the
/// quantile taken moves with the misses of the bounds that were given (<see cref="AdaptiveLevel"/>). Not thread-safe.
/// </summary>
public sealed class RollingConformal
{
    /// <summary>Share of upper bounds that should hold: the specification wants a confidence above 0.85 (row F4).</summary>
    public const double DefaultLevel = 0.9;

    /// <summary>Three days, the window of forecast-facts §5b.</summary>
    public const int DefaultWindowMinutes = 3 * Minutes.PerDay;

    private readonly (long Minute, double Score)[] _ring;
    private readonly double[] _sorted;
    private readonly AdaptiveLevel[] _levels;
    private readonly long _windowMinutes;
    private readonly double _noise;
    private int _oldest;
    private int _count;

    /// <summary>Starts without scores.</summary>
    /// <param name="levels">The levels that bounds are asked for at, each above 0 and below 1.</param>
    /// <param name="windowMinutes">Minutes for which a score counts. At least 1.</param>
    /// <param name="noiseQueriesPerSecond">Added to both sides of the ratio, so that no traffic has a score. Above 0. Default:
    /// 1/60, one request a minute.</param>
    /// <param name="adaptationRate">How fast levels adapt, a verdict; 0 never. Default: <see cref="AdaptiveLevel.DefaultRate"/>.</param>
    public RollingConformal(
        IEnumerable<double> levels, int windowMinutes = DefaultWindowMinutes, double noiseQueriesPerSecond = 1.0 / 60,
        double adaptationRate = AdaptiveLevel.DefaultRate)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(windowMinutes, 1);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(noiseQueriesPerSecond);
        _windowMinutes = windowMinutes;
        _noise = noiseQueriesPerSecond;
        _ring = new (long, double)[windowMinutes];
        _sorted = new double[windowMinutes];
        _levels = [.. levels.Select(level => new AdaptiveLevel(level, adaptationRate))];
    }

    /// <summary>Number of scores in the window.</summary>
    public int Count => _count;

    /// <summary>Takes in a forecast whose outcome is known.</summary>
    /// <param name="minute">When it was made, in minutes of any clock; not before the previous one's.</param>
    /// <param name="forecast">What was forecast, queries per second, 0 or more.</param>
    /// <param name="actual">What came, queries per second, 0 or more.</param>
    /// <param name="bounds">The bounds that were given with it, one a level in the constructor's order, null where there was none:
    /// levels adapt to these alone. Empty if none were given.</param>
    public void Add(long minute, double forecast, double actual, params ReadOnlySpan<double?> bounds)
    {
        Forget(minute);
        if (_count == _ring.Length)
        {
            RemoveOldest();
        }

        for (var i = 0; i < bounds.Length; i++)
        {
            if (bounds[i] is { } bound)
            {
                _levels[i].Add(actual <= bound);
            }
        }

        var score = Math.Log((actual + _noise) / (forecast + _noise));
        _ring[(_oldest + _count) % _ring.Length] = (minute, score);
        var at = Array.BinarySearch(_sorted, 0, _count, score);
        at = at < 0 ? ~at : at;
        Array.Copy(_sorted, at, _sorted, at + 1, _count - at);
        _sorted[at] = score;
        _count++;
    }

    /// <summary>
    /// The value that what comes stays below with a probability of <paramref name="level"/>. Null while there are too few scores
    /// to say: the finite-sample rank ⌈(n + 1)·level⌉ must be one of them.
    /// </summary>
    /// <param name="forecast">Queries per second, 0 or more.</param>
    /// <param name="level">One of the levels that the constructor was given.</param>
    /// <exception cref="ArgumentException">The level is not one of the constructor's.</exception>
    public double? UpperBound(double forecast, double level) =>
        UpperFactor(level) is { } factor ? Math.Max(0, ((forecast + _noise) * factor) - _noise) : null;

    /// <summary>The factor of the bound for a load well above the noise: exp(quantile of the scores). Null as above.</summary>
    /// <exception cref="ArgumentException">The level is not one of the constructor's.</exception>
    public double? UpperFactor(double level) =>
        Array.Find(_levels, one => one.Wanted.Equals(level)) is not { } adaptive
            ? throw new ArgumentException(
                $"Level {level} is not followed; followed are {string.Join(", ", _levels.Select(one => one.Wanted))}.", nameof(level))
            : Quantile(adaptive) is { } quantile ? Math.Exp(quantile) : null;

    private double? Quantile(AdaptiveLevel level) =>
        Rank(level.Wanted) > _count ? null : _sorted[Math.Clamp(Rank(level.Current), 1, _count) - 1];

    private int Rank(double level) => (int)Math.Ceiling((_count + 1) * level);

    private void Forget(long now)
    {
        while (_count > 0 && _ring[_oldest].Minute <= now - _windowMinutes)
        {
            RemoveOldest();
        }
    }

    private void RemoveOldest()
    {
        var at = Array.BinarySearch(_sorted, 0, _count, _ring[_oldest].Score);
        Array.Copy(_sorted, at + 1, _sorted, at, _count - at - 1);
        _oldest = (_oldest + 1) % _ring.Length;
        _count--;
    }
}
