using AkiDb.Predictor.Autoscaling;

namespace AkiDb.Predictor.Replay;

/// <summary>The policies of a replay by name.</summary>
internal static class ReplayPolicies
{
    /// <summary>Name of AkiDB's own.</summary>
    public const string Own = "akidb";

    /// <summary>Targets of the horizontal pod autoscaler that draw the curve of cost over minutes above target (forecast-facts §5b).</summary>
    public static IReadOnlyList<double> ReactiveTargets { get; } = [0.80, 0.74, 0.70, 0.66, 0.62];

    /// <summary>Every name, in the order of the report.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "hpa-80", "hpa-74", "hpa-70", "hpa-66", "hpa-62", "specification", Own, "akidb-reactive", "specification-perfect", "akidb-perfect",
    ];

    /// <summary>Whether a policy asks the forecasters.</summary>
    public static bool NeedsForecasts(string name) => name is Own or "specification";

    /// <summary>A policy, not run yet.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="trace">The trace.</param>
    /// <param name="settings">Settings of AkiDB's autoscaler; its rule is everybody's.</param>
    /// <param name="forecasts">Forecasts; may be null where <see cref="NeedsForecasts"/> is false.</param>
    public static IScalingPolicy Create(string name, ReplayTrace trace, ScalingSettings settings, IForecastFeed? forecasts)
    {
        var rule = settings.Rule;
        return name switch
        {
            "specification" => new SpecificationPolicy(name, forecasts!, rule),
            "specification-perfect" => new SpecificationPolicy(name, new PerfectFeed(trace), rule),
            Own => new AutoscalerPolicy(name, trace, settings, forecasts),
            "akidb-reactive" => new AutoscalerPolicy(name, trace, settings, null),
            "akidb-perfect" => new AutoscalerPolicy(name, trace, settings, new PerfectFeed(trace)),
            _ => new ReactivePolicy(trace, rule, ReactiveTargets[Names.ToList().IndexOf(name)]),
        };
    }
}
