namespace AkiDb.Predictor.Autoscaling;

/// <summary>What the autoscaler is told at its start.</summary>
internal sealed record AutoscalerSettings
{
    /// <summary>How decisions are made.</summary>
    public ScalingSettings Scaling { get; init; } = new();

    /// <summary>Decide and log, but change nothing.</summary>
    public bool IsDryRun { get; init; }

    /// <summary>How often to read and decide again within a round when the target changes under it. Default: 4.</summary>
    public int Attempts { get; init; } = 4;

    /// <summary>Longest time that the API server may ask to be left alone. Default: 5 minutes.</summary>
    public TimeSpan LongestBackOff { get; init; } = TimeSpan.FromMinutes(5);
}
