namespace AkiDb.Forecasting.Traffic;

/// <summary>Which minutes may be learnt from.</summary>
internal static class TrainingWindow
{
    /// <summary>A quarter of the hour that is read: with more of it filled in, the window says more of the filling than of traffic.</summary>
    public const int MostUnobserved = ForecastHorizon.InputMinutes / 4;

    /// <summary>Whether the minute and most of the hour before were observed, and all of the 15 minutes after.</summary>
    public static bool IsUsable(ReadOnlySpan<double> values, int minute)
    {
        if (minute < ForecastHorizon.InputMinutes - 1 || minute + ForecastHorizon.Minutes >= values.Length || double.IsNaN(values[minute]))
        {
            return false;
        }

        return Unobserved(values.Slice(minute + 1 - ForecastHorizon.InputMinutes, ForecastHorizon.InputMinutes)) <= MostUnobserved
            && Unobserved(values.Slice(minute + 1, ForecastHorizon.Minutes)) == 0;
    }

    private static int Unobserved(ReadOnlySpan<double> values)
    {
        var count = 0;
        foreach (var value in values)
        {
            count += double.IsNaN(value) ? 1 : 0;
        }

        return count;
    }
}
