using AkiDb.Contracts;
using AkiDb.Forecasting;

namespace AkiDb.Predictor.Autoscaling;

/// <summary>How a number of replicas is decided. Times are in minutes, which are decisions too: there is one a minute.</summary>
internal sealed record ScalingSettings
{
    /// <summary>Replicas for a load, and their bounds.</summary>
    public ReplicaRule Rule { get; init; } = ReplicaRule.Default;

    /// <summary>Minutes from a decision to a ready replica: a node by Karpenter, then the pod. 1 to 14. Default: 2, the
    /// specification's time line (W14, "Proactive Scaling Workflow").</summary>
    public int ProvisioningMinutes { get; init; } = 2;

    /// <summary>How long before its load comes a replica should be ready, in minutes, 0 or more. Default: 10 (row F4).</summary>
    public int ReadyAheadMinutes { get; init; } = 10;

    /// <summary>How far decisions look into the forecast, in minutes: one more than the two together, for the first forecast minute
    /// has begun when the decision is made.</summary>
    public int LookAheadMinutes => Math.Min(ForecastHorizon.Minutes, ProvisioningMinutes + ReadyAheadMinutes + 1);

    /// <summary>How much a forecast may multiply the replicas within <see cref="StepMinutes"/>. Above 1. Default: 2 (row F4).
    /// Current traffic is never capped by it.</summary>
    public double StepFactor { get; init; } = 2;

    /// <summary>The time that <see cref="StepFactor"/> is about. Default: 5. With 1 a spike that a broken forecaster sees for four
    /// minutes would double the replicas four times.</summary>
    public int StepMinutes { get; init; } = 5;

    /// <summary>Fewer replicas only if more than this share of them can go. 0 to below 1. Default: 0.2 (row F4). For more
    /// replicas there is no such band: it would forbid 6 to 7 (forecast-facts §0.4).</summary>
    public double ScaleInBand { get; init; } = 0.2;

    /// <summary>Replicas go only if none of this many last decisions wanted them. Default: 5, the 300 s that the horizontal pod
    /// autoscaler waits (kubernetes.io/docs, "Stabilization window").</summary>
    public int ScaleInMinutes { get; init; } = 5;

    /// <summary>Utilisation to plan current traffic with while no forecast is used: without warning, room is what is left. Default:
    /// 0.66, a reactive target whose replica-hours are those of a good forecast (forecast-facts §5b).</summary>
    public double UtilisationWithoutForecast { get; init; } = 0.66;

    /// <summary>Traffic older than this many minutes is no longer known. Default: 3.</summary>
    public int TrafficMaxAgeMinutes { get; init; } = 3;

    /// <summary>Forecasts made from traffic older than this many minutes are not used. Default: 5.</summary>
    public int ForecastMaxAgeMinutes { get; init; } = 5;
}
