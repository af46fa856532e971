namespace AkiDb.Forecasting.Traffic;

/// <summary>A series is too short, or has too few observed minutes, to fit a forecaster on.</summary>
public sealed class InsufficientTrafficException : Exception
{
    /// <summary>Says what wanted how much and what there was.</summary>
    public InsufficientTrafficException(string message)
        : base(message)
    {
    }

    /// <summary>Refuses a series with fewer observed minutes than needed.</summary>
    internal static void ThrowIfShorter(string what, TrafficSeries series, int minutes)
    {
        if (series.ObservedCount < minutes)
        {
            throw new InsufficientTrafficException(
                $"'{what}' needs at least {minutes} observed minutes of traffic; found {series.ObservedCount} of {series.Count}.");
        }
    }
}
