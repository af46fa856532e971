using System.Globalization;
using AkiDb.Contracts;
using AkiDb.Forecasting.Evaluation;
using AkiDb.Telemetry.Metrics;

namespace AkiDb.Predictor.Forecasts;

/// <summary>The predictor's metrics.</summary>
internal sealed class PredictorMetrics(MetricRegistry registry)
{
    private readonly HashSet<string> _forecasters = new(StringComparer.Ordinal);

    /// <summary>The traffic source was read, or could not be.</summary>
    public void CountRead(bool isGood) =>
        registry.Counter(PredictorMetricNames.SourceReads, "Readings of the traffic source.", ("result", isGood ? "ok" : "failed")).Increment();

    /// <summary>A model was found and taken, or refused.</summary>
    public void CountModel(bool isGood) =>
        registry.Counter(PredictorMetricNames.ModelLoads, "Models found in the model store.", ("result", isGood ? "applied" : "refused")).Increment();

    /// <summary>Accuracy of the forecasters was computed anew.</summary>
    public void Record(IReadOnlyList<ForecastAccuracy> accuracies)
    {
        foreach (var accuracy in accuracies)
        {
            _forecasters.Add(accuracy.Forecaster);
            registry.Gauge(PredictorMetricNames.Skill, "1 - mean absolute error / that of the last value.", (PredictorMetricNames.Forecaster, accuracy.Forecaster))
                .Value = accuracy.Overall.Skill;
        }
    }

    /// <summary>A minute has passed.</summary>
    public void Record(ForecastState? state, DateTimeOffset now)
    {
        if (state is null)
        {
            return;
        }

        registry.Gauge(PredictorMetricNames.Observed, "Load that was measured last.").Value = state.Recent[^1];
        registry.Gauge(PredictorMetricNames.ObservedAge, "Age of the load that was measured last.").Value = (now - state.LastMinute).TotalSeconds - 60;
        registry.Gauge(PredictorMetricNames.Useful, "1 while forecasts are better than the last value.").Value = state.Choice.IsUseful ? 1 : 0;
        registry.Gauge(PredictorMetricNames.Drift, "1 while recent forecasts are much worse than those before.").Value = state.IsDrifting ? 1 : 0;
        registry.Gauge(PredictorMetricNames.ConfidenceRatio, "Share of the upper bounds that held.").Value = state.Coverage;
        registry.Gauge(PredictorMetricNames.ErrorRatio, "Mean absolute error of the last day as a share of the load.").Value = state.DailyErrorRatio;
        foreach (var forecaster in _forecasters)
        {
            registry.Gauge(PredictorMetricNames.Serving, "1 for the forecaster that serves.", (PredictorMetricNames.Forecaster, forecaster))
                .Value = forecaster == state.Choice.Forecaster ? 1 : 0;
        }

        for (var i = 0; i < (state.Forecast?.Minutes.Length ?? 0); i++)
        {
            var horizon = (MetricLabels.Horizon, (i + 1).ToString(CultureInfo.InvariantCulture));
            registry.Gauge(PredictorMetricNames.Forecast, "Forecast of the load.", horizon).Value = state.Forecast!.Minutes[i].Qps;
            registry.Gauge(PredictorMetricNames.ForecastUpper, "Upper bound of the greatest load up to that minute.", horizon)
                .Value = state.Forecast.Peaks[i].Upper ?? double.NaN;
        }
    }
}
