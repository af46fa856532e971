using AkiDb.Forecasting.Calendars;
using AkiDb.Predictor.Forecasts;

namespace AkiDb.Predictor.Hosting;

/// <summary>What the predictor service is told at its start.</summary>
internal sealed record PredictorOptions
{
    /// <summary>Where to listen, separated by ';'.</summary>
    public required string Urls { get; init; }

    /// <summary>Prometheus; null where <see cref="CsvFile"/> is given.</summary>
    public Uri? Prometheus { get; init; }

    /// <summary>PromQL of the traffic.</summary>
    public required string Query { get; init; }

    /// <summary>CSV to take traffic from instead of Prometheus.</summary>
    public string? CsvFile { get; init; }

    /// <summary>Folder or <c>s3://bucket/prefix</c> of trained models; null for none.</summary>
    public string? Models { get; init; }

    /// <summary>Countries whose public holidays matter.</summary>
    public IReadOnlyList<Country> Holidays { get; init; } = [];

    /// <summary>How forecasts are made and judged.</summary>
    public EngineSettings Engine { get; init; } = new();
}
