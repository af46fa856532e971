using AkiDb.Forecasting.Calendars;

namespace AkiDb.Forecasting.Baselines;

/// <summary>A fitted <see cref="RidgeForecaster"/>, as it is stored.</summary>
public sealed record RidgeParameters
{
    /// <summary>Traffic is read as log(q + offset). Queries per second, above 0.</summary>
    public required double LogOffset { get; init; }

    /// <summary>Periods whose shape is read, in minutes, ascending: a day, a week, or none.</summary>
    public required IReadOnlyList<int> PeriodsMinutes { get; init; }

    /// <summary>Countries whose holidays it was told of.</summary>
    public required IReadOnlyList<Country> HolidayCountries { get; init; }

    /// <summary>The penalty that erred least.</summary>
    public required double Penalty { get; init; }

    /// <summary>Largest change of the log load over 15 minutes in the training part; forecasts stay within it.</summary>
    public required double LargestChange { get; init; }

    /// <summary>For each feature a row of 15 coefficients.</summary>
    public required double[] Coefficients { get; init; }
}
