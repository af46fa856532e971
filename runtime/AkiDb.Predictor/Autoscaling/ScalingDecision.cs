using System.Globalization;

namespace AkiDb.Predictor.Autoscaling;

/// <summary>A number of replicas and everything that led to it: one log line of the autoscaler.</summary>
internal sealed record ScalingDecision
{
    /// <summary>Replicas to have from now on.</summary>
    public required int Replicas { get; init; }

    /// <summary>What settled it.</summary>
    public required ScalingReason Reason { get; init; }

    /// <summary>Replicas before.</summary>
    public required int Before { get; init; }

    /// <summary>Fewest and most that are allowed.</summary>
    public required int MinReplicas { get; init; }

    /// <inheritdoc cref="MinReplicas"/>
    public required int MaxReplicas { get; init; }

    /// <summary>Current traffic, queries a second; null while it is unknown.</summary>
    public double? TrafficQps { get; init; }

    /// <summary>Replicas that current traffic needs; null while it is unknown.</summary>
    public int? Floor { get; init; }

    /// <summary>Forecaster, null when no forecast was used.</summary>
    public string? Forecaster { get; init; }

    /// <summary>Why no forecast was used; null when one was.</summary>
    public string? ForecastRefusal { get; init; }

    /// <summary>Upper bound of the traffic to come, queries a second.</summary>
    public double? ForecastQps { get; init; }

    /// <summary>Conformal level of <see cref="ForecastQps"/>.</summary>
    public double? Level { get; init; }

    /// <summary>Minutes ahead that were looked at.</summary>
    public int? LookAheadMinutes { get; init; }

    /// <summary>Replicas for <see cref="ForecastQps"/>, before the step is limited.</summary>
    public int? ForecastReplicas { get; init; }

    /// <summary>Most replicas that the forecast may bring about now.</summary>
    public required int StepLimit { get; init; }

    /// <summary>Traffic and forecast, and what they need, as a sentence.</summary>
    public string Basis
    {
        get
        {
            var traffic = TrafficQps is null ? "Traffic is unknown" : string.Create(CultureInfo.InvariantCulture, $"Traffic {TrafficQps:0} queries/s needs {Floor}");
            var forecast = ForecastReplicas is null
                ? $"no forecast is used ({ForecastRefusal})"
                : string.Create(CultureInfo.InvariantCulture, $"forecast of {Forecaster} {ForecastQps:0} queries/s needs {ForecastReplicas}");
            return $"{traffic}, {forecast}.";
        }
    }

    /// <summary>Replicas wanted by traffic and forecast together, before the rules for fewer.</summary>
    public required int Wanted { get; init; }
}
