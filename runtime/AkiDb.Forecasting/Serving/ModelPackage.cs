using System.Security.Cryptography;
using System.Text.Json;
using AkiDb.Forecasting.Baselines;
using AkiDb.Forecasting.Calendars;

namespace AkiDb.Forecasting.Serving;

/// <summary>A model that was loaded and checked: its manifest, its ONNX network and its fitted baselines. Immutable.</summary>
public sealed class ModelPackage : IDisposable
{
    private readonly OnnxForecaster _lstm;

    private ModelPackage(ModelManifest manifest, OnnxForecaster lstm)
    {
        (Manifest, _lstm) = (manifest, lstm);
        Candidates = [.. BaselineSet.Restore(manifest.DampedTrend, manifest.Ridge), lstm];
        Serving = ForecasterSelection.Serving(manifest.Choice, Candidates);
    }

    /// <summary>The manifest.</summary>
    public ModelManifest Manifest { get; }

    /// <summary>The forecaster that the model's training chose.</summary>
    public IForecaster Serving { get; }

    /// <summary>Every forecaster of the model: the baselines and the LSTM.</summary>
    public IReadOnlyList<IForecaster> Candidates { get; }

    /// <summary>Loads a folder.</summary>
    /// <exception cref="ModelPackageException">The folder holds no model that can be served.</exception>
    public static ModelPackage Load(string folder) => Load(name =>
    {
        var path = Path.Combine(folder, name);
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ModelPackageException($"Model folder '{folder}': cannot read '{name}': {e.Message}", e);
        }
    });

    /// <summary>Loads a model from wherever its files are.</summary>
    /// <param name="read">Gives the bytes of a file by its name.</param>
    /// <exception cref="ModelPackageException">The files are no model that can be served.</exception>
    public static ModelPackage Load(Func<string, byte[]> read)
    {
        var manifest = Parse(read(ModelManifest.FileName));
        // A name with a path in it would read a file that is no part of the model.
        if (Path.GetFileName(manifest.ModelFile) != manifest.ModelFile)
        {
            throw Bad("modelFile", manifest.ModelFile, "the name of a file beside it");
        }

        var model = read(manifest.ModelFile);
        var hash = Convert.ToHexStringLower(SHA256.HashData(model));
        if (hash != manifest.ModelSha256)
        {
            throw new ModelPackageException($"'{manifest.ModelFile}' has the SHA-256 {hash}; the manifest wants {manifest.ModelSha256}.");
        }

        OnnxForecaster? lstm = null;
        try
        {
            lstm = new OnnxForecaster(model, new HolidayCalendar(manifest.HolidayCountries));
            var package = new ModelPackage(manifest, lstm);
            Try(package);
            return package;
        }
        catch (Exception e)
        {
            // The native session too, whoever refused the model.
            lstm?.Dispose();
            throw e as ModelPackageException ?? new ModelPackageException($"'{manifest.ModelFile}' cannot be served: {e.Message}", e);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _lstm.Dispose();

    private static ModelManifest Parse(byte[] json)
    {
        ModelManifest manifest;
        try
        {
            manifest = JsonSerializer.Deserialize<ModelManifest>(json, ModelManifest.Json) ?? throw new JsonException("the file holds null");
        }
        catch (JsonException e)
        {
            throw new ModelPackageException($"'{ModelManifest.FileName}' is no manifest: {e.Message}", e);
        }

        return manifest.FormatVersion != ModelManifest.CurrentVersion ? throw Bad("formatVersion", $"{manifest.FormatVersion}", $"{ModelManifest.CurrentVersion}")
            : !manifest.CalendarFeatures.SequenceEqual(CalendarFeatures.Names)
                ? throw Bad("calendarFeatures", string.Join(',', manifest.CalendarFeatures), string.Join(',', CalendarFeatures.Names))
            : manifest.InputMinutes != ForecastHorizon.InputMinutes ? throw Bad("inputMinutes", $"{manifest.InputMinutes}", $"{ForecastHorizon.InputMinutes}")
            : manifest.HorizonMinutes != ForecastHorizon.Minutes ? throw Bad("horizonMinutes", $"{manifest.HorizonMinutes}", $"{ForecastHorizon.Minutes}")
            : manifest;
    }

    // One forecast by everyone, of steady traffic: a model that gives no numbers must not take a good one's place.
    private static void Try(ModelPackage package)
    {
        Span<double> forecast = stackalloc double[ForecastHorizon.Minutes];
        foreach (var forecaster in package.Candidates.Append(package.Serving))
        {
            var history = new double[forecaster.HistoryMinutes];
            Array.Fill(history, package.Manifest.Scaler.LogOffset);
            forecaster.Forecast(history, package.Manifest.Data.End, forecast);
            foreach (var value in forecast)
            {
                if (!double.IsFinite(value) || value < 0)
                {
                    throw new ModelPackageException($"'{forecaster.Name}' forecasts {value} from steady traffic; wanted a finite number, 0 or more.");
                }
            }
        }
    }

    private static ModelPackageException Bad(string key, string found, string wanted) =>
        new($"'{ModelManifest.FileName}': {key} is '{found}'; wanted {wanted}.");
}
