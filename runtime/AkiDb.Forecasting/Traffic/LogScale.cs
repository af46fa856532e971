namespace AkiDb.Forecasting.Traffic;

/// <summary>
/// Queries per second as log(q + offset): equal steps are equal ratios, and zero is a number. The offset is a share of the
/// typical load, so that the same traffic in other units gives the same forecast.
/// </summary>
/// <param name="Offset">Queries per second, above 0.</param>
internal readonly record struct LogScale(double Offset)
{
    /// <summary>Offset as a share of the median. On counts of 40 a minute, it is the one request of log1p.</summary>
    private const double ShareOfMedian = 0.025;

    /// <summary>The scale for a training part.</summary>
    public static LogScale Fit(ReadOnlySpan<double> training)
    {
        var observed = new List<double>(training.Length);
        foreach (var value in training)
        {
            if (value > 0)
            {
                observed.Add(value);
            }
        }

        observed.Sort();
        // No traffic at all: any offset says the same.
        return new LogScale(observed.Count == 0 ? 1 : observed[observed.Count / 2] * ShareOfMedian);
    }

    /// <summary>log(q + offset).</summary>
    public double ToLog(double queriesPerSecond) => Math.Log(queriesPerSecond + Offset);

    /// <summary>The inverse, at least 0.</summary>
    public double FromLog(double log) => Math.Max(0, Math.Exp(log) - Offset);
}
