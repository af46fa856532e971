namespace AkiDb.Predictor.Autoscaling;

/// <summary>What is known when a number of replicas is decided.</summary>
internal sealed record ScalingInputs
{
    /// <summary>Time of the decision, UTC. Ages are judged by it, nothing else: history counts decisions.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>Replicas that the target has been told to have.</summary>
    public required int Replicas { get; init; }

    /// <summary>The newest traffic; null if none could be read.</summary>
    public TrafficReading? Traffic { get; init; }

    /// <summary>The newest forecast; null if none could be read.</summary>
    public PeakForecast? Forecast { get; init; }

    /// <summary>The off switch: false leaves the decision to current traffic.</summary>
    public bool IsForecastEnabled { get; init; } = true;
}
