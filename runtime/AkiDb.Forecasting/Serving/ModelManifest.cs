using System.Text.Json;
using System.Text.Json.Serialization;
using AkiDb.Forecasting.Baselines;
using AkiDb.Forecasting.Calendars;
using AkiDb.Forecasting.Evaluation;
using AkiDb.Forecasting.Training;

namespace AkiDb.Forecasting.Serving;

/// <summary>What stands beside an ONNX model: what it reads, what it was trained on, how good it is, who serves.</summary>
public sealed record ModelManifest
{
    /// <summary>Name of the file in a model's folder.</summary>
    public const string FileName = "manifest.json";

    /// <summary>The version that this program writes and reads.</summary>
    public const int CurrentVersion = 1;

    /// <summary>Version of this format.</summary>
    public required int FormatVersion { get; init; }

    /// <summary>When training ended, UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The ONNX file, beside the manifest.</summary>
    public required string ModelFile { get; init; }

    /// <summary>SHA-256 of the ONNX file, lower-case hexadecimal.</summary>
    public required string ModelSha256 { get; init; }

    /// <summary>Minutes of traffic that the model reads.</summary>
    public required int InputMinutes { get; init; }

    /// <summary>Minutes that it forecasts.</summary>
    public required int HorizonMinutes { get; init; }

    /// <summary>Its calendar features, in order.</summary>
    public required IReadOnlyList<string> CalendarFeatures { get; init; }

    /// <summary>Countries whose holidays it was told of.</summary>
    public required IReadOnlyList<Country> HolidayCountries { get; init; }

    /// <summary>What it was trained on.</summary>
    public required TrainingData Data { get; init; }

    /// <summary>Its networks.</summary>
    public required TrainedNetworks Networks { get; init; }

    /// <summary>Its scaler; also inside the ONNX graph.</summary>
    public required ModelScaler Scaler { get; init; }

    /// <summary>The fitted damped trend.</summary>
    public required DampedTrendParameters DampedTrend { get; init; }

    /// <summary>The fitted ridge regression.</summary>
    public required RidgeParameters Ridge { get; init; }

    /// <summary>Who serves, and why.</summary>
    public required ModelChoice Choice { get; init; }

    /// <summary>Accuracy on the test part, which nothing was fitted or chosen on: who serves first, then every candidate.</summary>
    public required IReadOnlyList<ForecastAccuracy> TestAccuracy { get; init; }

    /// <summary>Coverage of who serves on the test part.</summary>
    public required ConformalBacktest TestCoverage { get; init; }

    /// <summary>The conformal table of who serves, from the last three days of the test part, by level ascending.</summary>
    public required IReadOnlyList<ConformalFactor> Conformal { get; init; }

    /// <summary>How manifests, and reports with parts of them, are written and read.</summary>
    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };
}

/// <summary>What a model was trained on.</summary>
/// <param name="Start">Start of the first minute, UTC.</param>
/// <param name="ValidationStart">Start of the validation part.</param>
/// <param name="TestStart">Start of the test part.</param>
/// <param name="End">End of the last minute.</param>
/// <param name="ObservedMinutes">Minutes that were observed.</param>
/// <param name="Sha256">Of the whole series, see <see cref="Traffic.TrafficHash"/>.</param>
public sealed record TrainingData(
    DateTimeOffset Start, DateTimeOffset ValidationStart, DateTimeOffset TestStart, DateTimeOffset End, int ObservedMinutes, string Sha256);

/// <summary>The networks of a model.</summary>
/// <param name="LstmUnits">Units of each LSTM layer.</param>
/// <param name="DenseUnits">Units of the dense layer, 0 for none.</param>
/// <param name="Parameters">Weights and biases of one network.</param>
/// <param name="Members">Each network's training.</param>
public sealed record TrainedNetworks(
    IReadOnlyList<int> LstmUnits, int DenseUnits, int Parameters, IReadOnlyList<TrainedMember> Members);

/// <summary>One network's training.</summary>
/// <param name="Seed">Its seed.</param>
/// <param name="Epochs">Epochs after which its weights were kept.</param>
/// <param name="ValidationSkill">Skill against the last value on the validation part.</param>
public sealed record TrainedMember(int Seed, int Epochs, double ValidationSkill);
