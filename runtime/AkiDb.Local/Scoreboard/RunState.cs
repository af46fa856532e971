using AkiDb.Local.Cluster;

namespace AkiDb.Local.Scoreboard;

/// <summary>All that the page shows.</summary>
internal sealed record RunState
{
    /// <summary>The day's clock, seconds since 1970 UTC.</summary>
    public required double SimulatedSeconds { get; init; }

    /// <summary>How many times as fast as the wall's clock it runs.</summary>
    public required double Speed { get; init; }

    /// <summary>One a second, oldest first.</summary>
    public required IReadOnlyList<Sample> Samples { get; init; }

    /// <summary>The next fifteen minutes of the day; empty while there is no forecast.</summary>
    public required IReadOnlyList<ForecastPoint> Forecast { get; init; }

    /// <summary>Who makes it; null while nobody does.</summary>
    public string? Forecaster { get; init; }

    /// <summary>Cheapest first.</summary>
    public required IReadOnlyList<BackendShare> Backends { get; init; }

    /// <summary>Requests since the start.</summary>
    public required long Requests { get; init; }

    /// <summary>Failed ones of them.</summary>
    public required long Failed { get; init; }

    /// <summary>Dollars that the requests cost by the backends' prices.</summary>
    public required decimal SpentUsd { get; init; }

    /// <summary>Dollars that they would have cost, spread evenly over the backends.</summary>
    public required decimal UniformUsd { get; init; }

    /// <summary>What happened, oldest first.</summary>
    public required IReadOnlyList<RunEvent> Events { get; init; }

    /// <summary>What the page can break.</summary>
    public required IReadOnlyList<FaultButton> Faults { get; init; }
}
