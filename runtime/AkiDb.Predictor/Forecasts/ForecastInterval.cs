namespace AkiDb.Predictor.Forecasts;

/// <summary>A forecast value in queries a second with its bounds; a bound is null while too few forecasts were judged to know it.</summary>
internal sealed record ForecastInterval(double Qps, double? Lower, double? Upper);
