using AkiDb.Forecasting;
using AkiDb.Forecasting.Intervals;

namespace AkiDb.Predictor.Forecasts;

/// <summary>How forecasts are made and judged.</summary>
internal sealed record EngineSettings
{
    /// <summary>Share of the upper bounds that should hold, above 0 and below 1. Default: 0.9; the specification wants a confidence
    /// above 0.85 (row F4), and this is what confidence means here.</summary>
    public double Level { get; init; } = RollingConformal.DefaultLevel;

    /// <summary>Level of a minute's lower bound: the interval between it and the upper one holds <see cref="Level"/>.</summary>
    public double LowerLevel => (1 - Level) / 2;

    /// <summary>Level of a minute's upper bound.</summary>
    public double UpperLevel => (1 + Level) / 2;

    /// <summary>Minutes of forecasts that accuracy, intervals and choices are taken from. Default: three days.</summary>
    public int JudgedMinutes { get; init; } = RollingConformal.DefaultWindowMinutes;

    /// <summary>Fewest judged forecasts before any is trusted. Default: a day, so that every hour was seen.</summary>
    public int FewestJudged { get; init; } = Minutes.PerDay;

    /// <summary>Minutes of traffic that are kept. Default: 30 days.</summary>
    public int HistoryMinutes { get; init; } = 30 * Minutes.PerDay;

    /// <summary>How much better in skill another forecaster must be to take over. Default: 0.02, so that two equals do not alternate.</summary>
    public double TakeoverMargin { get; init; } = 0.02;

    /// <summary>Minutes of forecasts that drift is seen in. Default: six hours.</summary>
    public int DriftMinutes { get; init; } = 6 * Minutes.PerHour;

    /// <summary>How many times its usual relative error a forecaster may make before that is drift. Default: 2.</summary>
    public double DriftRatio { get; init; } = 2;
}
