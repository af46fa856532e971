namespace AkiDb.Predictor.Forecasts;

/// <summary>The traffic of the last days, a value a minute without a break; NaN where nothing was observed. Not thread-safe.</summary>
/// <param name="capacity">Minutes to keep, at least 1.</param>
internal sealed class TrafficHistory(int capacity)
{
    // Twice the room, so that values move only once in as many minutes and always lie in one piece.
    private readonly double[] _values = new double[2 * capacity];
    private int _end;
    private int _count;

    /// <summary>Start of the last minute, in minutes since 1970 UTC; meaningless while empty.</summary>
    public long LastMinute { get; private set; }

    /// <summary>Minutes held.</summary>
    public int Count => _count;

    /// <summary>Queries a second, oldest first.</summary>
    public ReadOnlySpan<double> Values => _values.AsSpan(_end - _count, _count);

    /// <summary>Minutes since 1970 UTC of a moment.</summary>
    public static long MinuteOf(DateTimeOffset time) => time.ToUnixTimeSeconds() / 60;

    /// <summary>The inverse of <see cref="MinuteOf"/>.</summary>
    public static DateTimeOffset TimeOf(long minute) => DateTimeOffset.FromUnixTimeSeconds(minute * 60);

    /// <summary>Takes in a minute. Minutes that were skipped become NaN; one that is not newer than the last is ignored.</summary>
    /// <returns>Whether it was taken in.</returns>
    public bool Add(long minute, double queriesPerSecond)
    {
        if (_count > 0 && minute <= LastMinute)
        {
            return false;
        }

        // After a gap as long as all that is kept nothing of it is left.
        if (_count > 0 && minute - LastMinute > capacity)
        {
            _count = 0;
        }

        for (var skipped = _count == 0 ? 0 : minute - LastMinute - 1; skipped > 0; skipped--)
        {
            Append(double.NaN);
        }

        Append(double.IsFinite(queriesPerSecond) && queriesPerSecond >= 0 ? queriesPerSecond : double.NaN);
        LastMinute = minute;
        return true;
    }

    private void Append(double value)
    {
        if (_end == _values.Length)
        {
            Values[^Math.Min(_count, capacity - 1)..].CopyTo(_values);
            _end = _count = Math.Min(_count, capacity - 1);
        }

        _values[_end++] = value;
        _count = Math.Min(_count + 1, capacity);
    }
}
