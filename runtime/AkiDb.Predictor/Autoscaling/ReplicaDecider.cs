using System.Globalization;

namespace AkiDb.Predictor.Autoscaling;

/// <summary>
/// Decides how many replicas there should be. Pure: the same settings, history and inputs give the same decision, in the cluster
/// and in the replay.
/// </summary>
/// <remarks>
/// In this order: current traffic sets a floor that nothing undercuts; the forecast's upper bound may add to it, within a step;
/// what is wanted less is given up late and only where it is worth it. A forecast never takes away.
/// </remarks>
internal static class ReplicaDecider
{
    /// <summary>Decides once.</summary>
    /// <returns>The decision, and the history for the next one.</returns>
    public static (ScalingDecision Decision, ScalingHistory History) Decide(ScalingSettings settings, ScalingHistory history, ScalingInputs inputs)
    {
        var rule = settings.Rule;
        var traffic = KnownTraffic(settings, inputs);
        int? floor = traffic is { } qps ? rule.ReplicasFor(qps) : null;
        var (peakQps, refusal) = Peak(settings, inputs);
        int? forecast = peakQps is { } peak ? rule.ReplicasFor(peak) : null;
        var step = StepLimit(settings, history, inputs.Replicas, floor);
        var wanted = Math.Clamp(
            Math.Max(floor ?? inputs.Replicas, Math.Min(forecast ?? Headroom(settings, traffic), step)), rule.MinReplicas, rule.MaxReplicas);

        var draft = new ScalingDecision
        {
            Replicas = wanted,
            Reason = ScalingReason.Enough,
            Before = inputs.Replicas,
            MinReplicas = rule.MinReplicas,
            MaxReplicas = rule.MaxReplicas,
            TrafficQps = traffic,
            Floor = floor,
            Forecaster = forecast is null ? null : inputs.Forecast?.Forecaster,
            ForecastRefusal = refusal,
            ForecastQps = peakQps,
            Level = forecast is null ? null : inputs.Forecast?.Level,
            LookAheadMinutes = forecast is null ? null : settings.LookAheadMinutes,
            ForecastReplicas = forecast,
            StepLimit = step,
            Wanted = wanted,
        };
        var decision = wanted < inputs.Replicas ? Fewer(settings, history, draft) : draft with { Reason = ReasonForMore(draft) };
        return (decision, history.With(wanted, inputs.Replicas, settings));
    }

    // Measurements that cannot be: from the future (a clock jumped), negative, not a number. They count as not known.
    private static double? KnownTraffic(ScalingSettings settings, ScalingInputs inputs) =>
        inputs.Traffic is { } reading && double.IsFinite(reading.QueriesPerSecond) && reading.QueriesPerSecond >= 0
            && AgeMinutes(inputs.Now, reading.Minute) is var age && age >= -1 && age <= settings.TrafficMaxAgeMinutes
            ? reading.QueriesPerSecond : null;

    private static (double? Qps, string? Refusal) Peak(ScalingSettings settings, ScalingInputs inputs)
    {
        if (!inputs.IsForecastEnabled)
        {
            return (null, "switched off");
        }

        if (inputs.Forecast is not { } forecast)
        {
            return (null, "no forecast");
        }

        if (forecast.Refusal is { } refusal)
        {
            return (null, refusal);
        }

        var age = AgeMinutes(inputs.Now, forecast.LastMinute);
        if (age < -1 || age > settings.ForecastMaxAgeMinutes)
        {
            return (null, string.Create(CultureInfo.InvariantCulture, $"made {age:0.#} minutes ago"));
        }

        // An older forecast must reach further to cover the same minutes; the bound over more minutes is never too low.
        var index = Math.Clamp(settings.LookAheadMinutes + (int)Math.Max(0, Math.Ceiling(age)), 1, forecast.UpperBounds.Length) - 1;
        return index >= 0 && double.IsFinite(forecast.UpperBounds[index]) && forecast.UpperBounds[index] >= 0
            ? (forecast.UpperBounds[index], null)
            : (null, "not a number");
    }

    // Minutes since the end of a minute, which is when its mean could be known.
    private static double AgeMinutes(DateTimeOffset now, DateTimeOffset minute) => (now - minute).TotalMinutes - 1;

    private static int Headroom(ScalingSettings settings, double? traffic) => traffic is { } qps
        ? (settings.Rule with { TargetUtilisation = Math.Min(settings.Rule.TargetUtilisation, settings.UtilisationWithoutForecast) }).ReplicasFor(qps)
        : 0;

    private static int StepLimit(ScalingSettings settings, ScalingHistory history, int replicas, int? floor)
    {
        var fewest = history.Replicas.Append(replicas).Min();
        var limit = Math.Floor(settings.StepFactor * Math.Max(fewest, floor ?? 0));
        return (int)Math.Clamp(limit, settings.Rule.MinReplicas, settings.Rule.MaxReplicas);
    }

    private static ScalingReason ReasonForMore(ScalingDecision draft) => draft switch
    {
        { Floor: null } when draft.Wanted == draft.Before => ScalingReason.TrafficUnknown,
        _ when draft.Wanted == draft.Before => ScalingReason.Enough,
        _ when draft.Wanted <= draft.Floor => ScalingReason.Traffic,
        { ForecastReplicas: { } forecast } when forecast > draft.StepLimit => ScalingReason.StepLimit,
        { ForecastReplicas: { } forecast } when forecast >= draft.Wanted => ScalingReason.Forecast,
        _ when draft.Before < draft.MinReplicas => ScalingReason.Bounds,
        _ => ScalingReason.Headroom,
    };

    private static ScalingDecision Fewer(ScalingSettings settings, ScalingHistory history, ScalingDecision draft)
    {
        // A leader that has just begun knows too little of the past to give anything up.
        var isKnown = history.Wanted.Length >= settings.ScaleInMinutes - 1;
        var wanted = history.Wanted.Append(draft.Wanted).Max();
        var kept = Math.Min(draft.Before, draft.MaxReplicas);
        if (!isKnown || wanted >= kept)
        {
            return draft with { Replicas = kept, Reason = kept < draft.Before ? ScalingReason.Bounds : ScalingReason.ScaleInWait };
        }

        var share = (double)(kept - wanted) / kept;
        return share > settings.ScaleInBand
            ? draft with { Replicas = wanted, Reason = ScalingReason.ScaleIn }
            : draft with { Replicas = kept, Reason = kept < draft.Before ? ScalingReason.Bounds : ScalingReason.ScaleInBand };
    }
}
