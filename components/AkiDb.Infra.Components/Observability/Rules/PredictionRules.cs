using AkiDb.Contracts;

namespace AkiDb.Infra.Components.Observability.Rules;

/// <summary>Forecasts, and what is scaled by them.</summary>
public static class PredictionRules
{
    /// <summary>The alerts.</summary>
    public static RuleGroup Group { get; } = new("prediction", TimeSpan.FromMinutes(1), [ForecastErrorHigh, ForecastFalsePositive, AutoscalerOff]);

    private static AlertRule ForecastErrorHigh => new()
    {
        Name = "ForecastErrorHigh",
        Severity = AlertSeverity.P2,
        Area = AlertArea.Prediction,
        For = TimeSpan.FromMinutes(30),
        Expression = $"{PromQl.Max(new Series(PredictorMetricNames.ErrorRatio), MetricLabels.Region)} > 0.15",
        Summary = "{{ $labels.region }}: forecasts are off by {{ $value | humanizePercentage }} on average",
        Description = "The bar is 15 % (specification W14). The traffic's habits changed, or the model is old; the best baseline serves meanwhile.",
        ExplainedBy = [AlertNames.RegionDown, AlertNames.ForecastFalsePositive],
    };

    // A forecast looks 15 minutes ahead: a peak that was foreseen has come by then, and only then is it known to be a phantom.
    private static AlertRule ForecastFalsePositive
    {
        get
        {
            var wanted = PromQl.Max(new Series(AutoscalerMetricNames.WantedReplicas), MetricLabels.Region);
            var needed = PromQl.Max(new Series(AutoscalerMetricNames.NeededReplicas), MetricLabels.Region);
            return new AlertRule
            {
                Name = AlertNames.ForecastFalsePositive,
                Severity = AlertSeverity.P1,
                Area = AlertArea.Prediction,
                For = TimeSpan.FromMinutes(15),
                Expression = $"{wanted} > 2 * {needed} and on ({MetricLabels.Region}) {PromQl.Max(new Series(AutoscalerMetricNames.Enabled), MetricLabels.Region)} == 1",
                Summary = "{{ $labels.region }}: {{ $value | humanize }} replicas run for a peak that does not come",
                Description = "More than twice what the load needs, for longer than a forecast looks ahead. The runbook turns predictive scaling off;"
                    + " the cost is a few dollars an hour, so nobody is woken.",
                ExplainedBy = [AlertNames.RegionDown],
            };
        }
    }

    private static AlertRule AutoscalerOff => new()
    {
        Name = "AutoscalerOff",
        Severity = AlertSeverity.P2,
        Area = AlertArea.Prediction,
        For = TimeSpan.FromHours(6),
        Expression = $"{PromQl.Max(new Series(AutoscalerMetricNames.Enabled), MetricLabels.Region)} == 0",
        Summary = "{{ $labels.region }}: predictive scaling has been off for six hours",
        Description = "Someone or a runbook switched it off and nobody switched it on again; replicas follow the load of the moment alone.",
        ExplainedBy = [AlertNames.RegionDown],
    };
}
