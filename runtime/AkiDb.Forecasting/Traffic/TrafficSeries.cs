namespace AkiDb.Forecasting.Traffic;

/// <summary>Queries per second, one value a minute without a break: a minute that was not observed is NaN. Immutable.</summary>
public sealed class TrafficSeries
{
    private readonly double[] _values;

    /// <summary>Makes a series.</summary>
    /// <param name="start">Start of the first minute; a whole minute, kept in UTC.</param>
    /// <param name="values">Queries per second, oldest first: finite and not negative, or NaN. Copied.</param>
    /// <exception cref="ArgumentException">The start is within a minute, or a value is negative or infinite.</exception>
    public TrafficSeries(DateTimeOffset start, ReadOnlySpan<double> values)
    {
        if (start.Ticks % TimeSpan.TicksPerMinute != 0)
        {
            throw new ArgumentException($"A series starts on a whole minute; found {start:O}.", nameof(start));
        }

        for (var i = 0; i < values.Length; i++)
        {
            if (values[i] < 0 || double.IsInfinity(values[i]))
            {
                throw new ArgumentException(
                    $"Minute {i} is {values[i]}; wanted a finite number of queries per second, 0 or more, or NaN.", nameof(values));
            }
        }

        Start = start.ToUniversalTime();
        _values = values.ToArray();
    }

    /// <summary>Start of the first minute, UTC.</summary>
    public DateTimeOffset Start { get; }

    /// <summary>Number of minutes, observed or not.</summary>
    public int Count => _values.Length;

    /// <summary>Queries per second, oldest first; NaN where not observed.</summary>
    public ReadOnlySpan<double> Values => _values;

    /// <summary>Number of minutes that were observed.</summary>
    public int ObservedCount => _values.Count(value => !double.IsNaN(value));

    /// <summary>Queries per second in one minute; NaN if it was not observed.</summary>
    public double this[int minute] => _values[minute];

    /// <summary>Start of a minute, UTC; minutes before and after the series are allowed.</summary>
    public DateTimeOffset TimeOf(int minute) => Start.AddMinutes(minute);

    /// <summary>Part of the series.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The part is not within the series.</exception>
    public TrafficSeries Slice(int firstMinute, int count) => new(TimeOf(firstMinute), Values.Slice(firstMinute, count));
}
