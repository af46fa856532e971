namespace AkiDb.Contracts;

/// <summary>Names of the traffic predictor's own metrics; the golden signals are in <see cref="HttpMetricNames"/>.</summary>
public static class PredictorMetricNames
{
    /// <summary>Gauge: forecast of the load, in requests per second, by <see cref="MetricLabels.Horizon"/>.</summary>
    public const string Forecast = "akidb_predictor_forecast_rps";

    /// <summary>Gauge: upper edge of the forecast's 95 % interval, in requests per second, by <see cref="MetricLabels.Horizon"/>.</summary>
    public const string ForecastUpper = "akidb_predictor_forecast_upper_rps";

    /// <summary>Gauge: load that was measured last, in requests per second.</summary>
    public const string Observed = "akidb_predictor_observed_rps";

    /// <summary>Gauge: mean absolute error of the last day's forecasts as a share of the load that came, 0 or more; 0.15 is the
    /// specification's bar (W14).</summary>
    public const string ErrorRatio = "akidb_predictor_error_ratio";

    /// <summary>Gauge: how sure the model is of its latest forecast, 0 to 1; below 0.85 the autoscaler does not act (W14).</summary>
    public const string ConfidenceRatio = "akidb_predictor_confidence_ratio";
}
