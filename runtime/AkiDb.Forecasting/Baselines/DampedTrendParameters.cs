namespace AkiDb.Forecasting.Baselines;

/// <summary>A fitted <see cref="DampedTrendForecaster"/>, as it is stored.</summary>
/// <param name="LevelSmoothing">α: share of a new value in the level, 0 to 1.</param>
/// <param name="TrendSmoothing">β: share of a new change of level in the trend, 0 to 1.</param>
/// <param name="Damping">φ: what a minute leaves of the trend, 0 to 1.</param>
public readonly record struct DampedTrendParameters(double LevelSmoothing, double TrendSmoothing, double Damping);
