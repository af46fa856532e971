namespace AkiDb.Forecasting.Evaluation;

/// <summary>How far forecasts were from what came.</summary>
public sealed record ErrorFigures
{
    /// <summary>Pairs of forecast and observed value.</summary>
    public required int Count { get; init; }

    /// <summary>Mean absolute error, queries per second; NaN without a pair.</summary>
    public required double MeanAbsoluteError { get; init; }

    /// <summary>Mean absolute error as a percentage of what came, over the minutes with traffic; NaN if there is none.</summary>
    public required double MapePercent { get; init; }

    /// <summary>Mean of 2·|error| / (forecast + actual), in percent, 0 to 200; a pair of zeros counts as 0.</summary>
    public required double SmapePercent { get; init; }

    /// <summary>1 − squared error / variance; NaN when what came did not vary.</summary>
    public required double RSquared { get; init; }

    /// <summary>1 − error / error of the last value: 0 is no better, 1 is perfect. NaN when the last value made no error.</summary>
    public required double Skill { get; init; }
}
