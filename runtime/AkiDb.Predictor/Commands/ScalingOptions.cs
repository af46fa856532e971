using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
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
        option.Validators.Add(result => Check(result, (int value) => value is >= 1 and < ForecastHorizon.Minutes,
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
        option.Validators.Add(result => Check(result, (double value) => value is >= 0.5 and <= 0.99, "0.5 to 0.99, for example 0.9"));
        return option;
    }

    /// <summary>Adds the error of an option whose value is out of range, or none of its type.</summary>
    public static void Check<T>(OptionResult result, Predicate<T?> isGood, string allowed) => Check(result, TryGet(result, out T? value) && isGood(value), allowed);

    /// <summary>Adds the error of an option whose value is out of range; all such errors are told together.</summary>
    public static void Check(OptionResult result, bool isGood, string allowed)
    {
        if (!isGood)
        {
            var value = string.Join(' ', result.Tokens.Select(token => token.Value));
            result.AddError(string.Create(CultureInfo.InvariantCulture, $"{result.Option.Name}: '{value}' is not allowed; allowed: {allowed}."));
        }
    }

    private static bool TryGet<T>(OptionResult result, out T? value)
    {
        try
        {
            value = result.GetValueOrDefault<T>();
            return true;
        }
        catch (InvalidOperationException)
        {
            // The parser says by this that the text is no T.
            value = default;
            return false;
        }
    }
}
