namespace AkiDb.Contracts;

/// <summary>Runbooks that act by themselves. Each has a queue, an identity and a pod of its own; a message for it bears its name in the
/// attribute <see cref="Attribute"/>.</summary>
public static class RunbookNames
{
    /// <summary>Message attribute that says which runbook a message is for.</summary>
    public const string Attribute = "runbook";

    /// <summary>Cold starts at the edge: twice the warm environments, ten at most.</summary>
    public const string EdgeColdStarts = "edge-cold-starts";

    /// <summary>Spot interruptions in numbers: more on-demand nodes.</summary>
    public const string SpotCascade = "spot-cascade";

    /// <summary>Forecasts of traffic that never came: predictive scaling off.</summary>
    public const string ForecastFalsePositives = "forecast-false-positives";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [EdgeColdStarts, SpotCascade, ForecastFalsePositives];
}
