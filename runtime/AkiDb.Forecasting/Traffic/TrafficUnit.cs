namespace AkiDb.Forecasting.Traffic;

/// <summary>What a trace file counts.</summary>
public enum TrafficUnit
{
    /// <summary>Queries per second, averaged over the minute.</summary>
    PerSecond,

    /// <summary>Queries in the minute.</summary>
    PerMinute,
}
