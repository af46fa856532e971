namespace AkiDb.Forecasting.Traffic;

/// <summary>A history on the log scale with its gaps filled, and means of any part of it in constant time.</summary>
internal sealed class LogHistory
{
    private readonly double[] _sums;

    public LogHistory(ReadOnlySpan<double> history, LogScale scale)
    {
        Values = new double[history.Length];
        GapFilling.CarryForward(history, Values);
        _sums = new double[history.Length + 1];
        for (var i = 0; i < Values.Length; i++)
        {
            Values[i] = scale.ToLog(Values[i]);
            _sums[i + 1] = _sums[i] + Values[i];
        }
    }

    public double[] Values { get; }

    /// <summary>Mean of the minutes from <paramref name="first"/> to before <paramref name="end"/>, clipped to the history.</summary>
    public double Mean(int first, int end)
    {
        first = Math.Max(first, 0);
        end = Math.Min(end, Values.Length);
        return (_sums[end] - _sums[first]) / (end - first);
    }

    /// <summary>Mean of the 15 minutes that end with <paramref name="minute"/>: the level that forecasts are changes from.</summary>
    public double Level(int minute) => Mean(minute + 1 - ForecastHorizon.Minutes, minute + 1);
}
