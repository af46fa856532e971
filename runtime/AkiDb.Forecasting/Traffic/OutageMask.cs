namespace AkiDb.Forecasting.Traffic;

/// <summary>
/// Takes outages out of a training part: three minutes or more below a twentieth of the median of the hour before become NaN,
/// so that no forecaster learns that traffic vanishes. After six hours the low level counts as the new load.
/// </summary>
public static class OutageMask
{
    private const double ShareOfMedian = 0.05;
    // Counts of a few a minute hit zero by chance, though hardly three times in a row.
    private const int ShortestMinutes = 3;
    private const int LongestMinutes = 6 * Minutes.PerHour;

    /// <summary>The series with NaN for the minutes of outages.</summary>
    public static TrafficSeries Apply(TrafficSeries series)
    {
        var values = series.Values.ToArray();
        var recent = new Queue<double>();
        for (var i = 0; i < values.Length; i++)
        {
            var limit = recent.Count == Minutes.PerHour ? Median(recent) * ShareOfMedian : 0;
            var end = i;
            while (end < values.Length && values[end] < limit)
            {
                end++;
            }

            if (end - i is >= ShortestMinutes and <= LongestMinutes)
            {
                Array.Fill(values, double.NaN, i, end - i);
                i = end - 1;
            }
            else if (!double.IsNaN(values[i]))
            {
                recent.Enqueue(values[i]);
                if (recent.Count > Minutes.PerHour)
                {
                    recent.Dequeue();
                }
            }
        }

        return new TrafficSeries(series.Start, values);
    }

    /// <summary>Whether the beginning of some hours lies in an outage: minutes in a row below the share of the hours' median, or of
    /// what they began with.</summary>
    /// <param name="hours">Queries per second, NaN where not observed; long enough that an outage is the lesser part.</param>
    /// <param name="minutes">How many of them to look at.</param>
    /// <param name="begunWith">Queries per second.</param>
    internal static bool Touches(ReadOnlySpan<double> hours, int minutes, double begunWith)
    {
        var observed = hours.ToArray().Where(value => !double.IsNaN(value)).Order().ToArray();
        var median = observed.Length == 0 ? 0 : observed[observed.Length / 2];
        var limit = Math.Max(median, begunWith) * ShareOfMedian;
        var low = 0;
        for (var i = 0; i < minutes && low < ShortestMinutes; i++)
        {
            low = hours[i] < limit ? low + 1 : 0;
        }

        return low >= ShortestMinutes;
    }

    private static double Median(Queue<double> recent)
    {
        Span<double> sorted = stackalloc double[Minutes.PerHour];
        recent.CopyTo(sorted);
        sorted.Sort();
        return sorted[Minutes.PerHour / 2];
    }

    private static void CopyTo(this Queue<double> queue, Span<double> destination)
    {
        var i = 0;
        foreach (var value in queue)
        {
            destination[i++] = value;
        }
    }
}
