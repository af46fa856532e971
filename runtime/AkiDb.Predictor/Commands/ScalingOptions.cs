using System.CommandLine;
using AkiDb.Forecasting;
using AkiDb.Predictor.Autoscaling;
using AkiDb.Predictor.Forecasts;

namespace AkiDb.Predictor.Commands;

/// <summary>Options that replay, service and autoscaler share, so that all three mean the same.</summary>
internal static class ScalingOptions
{
    public static Option<int> Lead()
    {
        var option = new Option<int>("--lead")
        {
            Description = "Minutes from a decision to a ready replica.",
            DefaultValueFactory = _ => new ScalingSettings().ProvisioningMinutes,
        };
        option.Validators.Add(result => OptionChecks.Check(result, (int value) => value is >= 1 and < ForecastHorizon.Minutes,
            $"1 to {ForecastHorizon.Minutes - 1}: a forecast of {ForecastHorizon.Minutes} minutes must reach beyond it"));
        return option;
    }

    public static Option<double> Level()
    {
        var option = new Option<double>("--level")
        {
            Description = "Share of the forecast's upper bounds that should hold.",
            DefaultValueFactory = _ => new EngineSettings().Level,
        };
        option.Validators.Add(result => OptionChecks.Check(result, (double value) => value is >= 0.5 and <= 0.99, "0.5 to 0.99, for example 0.9"));
        return option;
    }
}
