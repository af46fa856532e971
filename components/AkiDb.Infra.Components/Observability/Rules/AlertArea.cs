namespace AkiDb.Infra.Components.Observability.Rules;

/// <summary>What an alert is about. Alerts of one area and region are one incident.</summary>
public enum AlertArea
{
    /// <summary>What clients see: latency, errors, traffic, objectives.</summary>
    Traffic,

    /// <summary>Nodes, pods and backends.</summary>
    Capacity,

    /// <summary>Forecasts and what scales by them.</summary>
    Prediction,

    /// <summary>The watching itself.</summary>
    Monitoring,
}
