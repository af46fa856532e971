using System.Collections.Immutable;

namespace AkiDb.Infra.Components.Observability.Dashboards;

/// <summary>How a panel draws; the names are Grafana's plugin ids.</summary>
public enum PanelKind
{
    /// <summary>Lines over time.</summary>
    TimeSeries,

    /// <summary>One number.</summary>
    Stat,

    /// <summary>One number on a scale.</summary>
    Gauge,

    /// <summary>Bars side by side.</summary>
    BarGauge,

    /// <summary>Rows and columns.</summary>
    Table,

    /// <summary>Buckets over time.</summary>
    Heatmap,

    /// <summary>Who calls whom.</summary>
    NodeGraph,
}

/// <summary>From this value on, this colour. The first stands for everything below.</summary>
/// <param name="From">Value, in the panel's unit.</param>
/// <param name="Color">Grafana's name: green, yellow, red.</param>
public sealed record Threshold(double From, string Color);

/// <summary>One drawing.</summary>
public sealed record Panel
{
    /// <summary>What it shows, a few words.</summary>
    public required string Title { get; init; }

    /// <summary>How. Default: lines over time.</summary>
    public PanelKind Kind { get; init; } = PanelKind.TimeSeries;

    /// <summary>What is asked; at least one.</summary>
    public required ImmutableArray<PanelQuery> Queries { get; init; }

    /// <summary>Grafana's id of the unit: s, reqps, percentunit, short, currencyUSD, bytes, …</summary>
    public required string Unit { get; init; }

    /// <summary>Colours by value, ascending; green below the first. Default: none.</summary>
    public ImmutableArray<Threshold> Thresholds { get; init; } = [];

    /// <summary>Columns of 24. Default: 8.</summary>
    public int Width { get; init; } = 8;

    /// <summary>Rows of 30 pixels. Default: 8; the same for all panels of a row.</summary>
    public int Height { get; init; } = 8;

    /// <summary>Lower end of the scale. Default: as the data has it.</summary>
    public double? Min { get; init; }

    /// <summary>Upper end of the scale. Default: as the data has it.</summary>
    public double? Max { get; init; }

    /// <summary>What it means and what is normal, for the (i) in its corner. Default: nothing.</summary>
    public string Description { get; init; } = "";
}
