namespace AkiDb.Forecasting.Traffic;

/// <summary>What a forecaster assumes of the minutes that were not observed.</summary>
internal static class GapFilling
{
    /// <summary>Copies a history; a gap takes the value before it, a gap at the beginning the first value there is.</summary>
    /// <param name="history">At least one value that is not NaN.</param>
    /// <param name="filled">As long as the history.</param>
    public static void CarryForward(ReadOnlySpan<double> history, Span<double> filled)
    {
        var last = FirstObserved(history);
        for (var i = 0; i < history.Length; i++)
        {
            last = double.IsNaN(history[i]) ? last : history[i];
            filled[i] = last;
        }
    }

    /// <summary>The latest observed value, NaN if there is none.</summary>
    public static double LastObserved(ReadOnlySpan<double> history)
    {
        for (var i = history.Length - 1; i >= 0; i--)
        {
            if (!double.IsNaN(history[i]))
            {
                return history[i];
            }
        }

        return double.NaN;
    }

    /// <summary>Mean of the observed values, NaN if there is none.</summary>
    public static double ObservedMean(ReadOnlySpan<double> values)
    {
        var sum = 0.0;
        var count = 0;
        foreach (var value in values)
        {
            if (!double.IsNaN(value))
            {
                sum += value;
                count++;
            }
        }

        return count == 0 ? double.NaN : sum / count;
    }

    private static double FirstObserved(ReadOnlySpan<double> history)
    {
        foreach (var value in history)
        {
            if (!double.IsNaN(value))
            {
                return value;
            }
        }

        return double.NaN;
    }
}
