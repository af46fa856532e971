namespace AkiDb.Contracts;

/// <summary>Names of the traffic predictor's own metrics; the golden signals are in <see cref="HttpMetricNames"/>.</summary>
public static class PredictorMetricNames
{
    /// <summary>Gauge: forecast of the load, in requests per second, by <see cref="MetricLabels.Horizon"/>.</summary>
    public const string Forecast = "akidb_predictor_forecast_rps";

    /// <summary>Gauge: upper bound of the greatest load up to that minute, in requests per second, by <see cref="MetricLabels.Horizon"/>;
    /// the share of such bounds that should hold is a setting of the predictor, 0.9 by default.</summary>
    public const string ForecastUpper = "akidb_predictor_forecast_upper_rps";

    /// <summary>Gauge: load that was measured last, in requests per second.</summary>
    public const string Observed = "akidb_predictor_observed_rps";

    /// <summary>Gauge: mean absolute error of the last day's forecasts as a share of the load that came, 0 or more; 0.15 is the
    /// specification's bar (W14).</summary>
    public const string ErrorRatio = "akidb_predictor_error_ratio";

    /// <summary>Gauge: share of the last three days' upper bounds that held, 0 to 1: what the specification's confidence
    /// (W14: above 0.85) can be measured as.</summary>
    public const string ConfidenceRatio = "akidb_predictor_confidence_ratio";

    /// <summary>Gauge: age of the load that was measured last, in seconds.</summary>
    public const string ObservedAge = "akidb_predictor_observed_age_seconds";

    /// <summary>Gauge: 1 for the forecaster that serves, 0 for the others, by <see cref="Forecaster"/>.</summary>
    public const string Serving = "akidb_predictor_serving";

    /// <summary>Gauge: 1 while forecasts are better than repeating the last value, judged daily; at 0 traffic alone should decide.</summary>
    public const string Useful = "akidb_predictor_useful";

    /// <summary>Gauge: 1 - mean absolute error / that of repeating the last value, over three days, by <see cref="Forecaster"/>.</summary>
    public const string Skill = "akidb_predictor_skill";

    /// <summary>Gauge: 1 while recent forecasts are much worse than those of the days before.</summary>
    public const string Drift = "akidb_predictor_drift";

    /// <summary>Counter: models found in the model store, by label result (<c>applied</c>, <c>refused</c>).</summary>
    public const string ModelLoads = "akidb_predictor_model_loads_total";

    /// <summary>Counter: readings of the traffic source, by label result (<c>ok</c>, <c>failed</c>).</summary>
    public const string SourceReads = "akidb_predictor_source_reads_total";

    /// <summary>Label: name of a forecaster.</summary>
    public const string Forecaster = "forecaster";
}
