using System.Security.Cryptography;
using System.Text.Json;
using AkiDb.Forecasting.Serving;
using AkiDb.ObjectStorage;

namespace AkiDb.Predictor.Forecasts;

/// <summary>The model of a store: looks each time whether its manifest has changed, and loads what it names.</summary>
/// <remarks>A store that cannot be read has nothing new: what is in use does not depend on it.</remarks>
internal sealed partial class StoredModels(IObjectStore store, ILogger<StoredModels> log) : IModelSource, IDisposable
{
    private byte[] _seen = [];

    public async Task<FoundModel?> NewestAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (await ReadAsync(ModelManifest.FileName, cancellationToken) is not { } manifest || SHA256.HashData(manifest).AsSpan().SequenceEqual(_seen))
            {
                return null;
            }

            return await LoadAsync(manifest, cancellationToken);
        }
        catch (IOException e)
        {
            LogUnread(log, store.Location, e.Message);
            return null;
        }
    }

    public void Dispose() => store.Dispose();

    private async Task<FoundModel?> LoadAsync(byte[] manifest, CancellationToken cancellationToken)
    {
        var file = ModelFileOf(manifest);
        var model = file is null ? null : await ReadAsync(file, cancellationToken);
        if (file is not null && model is null)
        {
            // The manifest may have been copied before the model: the next minute shows.
            LogUnread(log, store.Location, $"it has no '{file}', which its manifest names");
            return null;
        }

        // Good or bad, once: a bad one is told again when it changes.
        _seen = SHA256.HashData(manifest);
        try
        {
            var package = ModelPackage.Load(name => name == ModelManifest.FileName ? manifest : model ?? throw new ModelPackageException($"its manifest names '{name}'"));
            return new FoundModel($"{store.Location}, {package.Manifest.ModelFile}", package.Serving, null, package);
        }
        catch (ModelPackageException e)
        {
            return new FoundModel(store.Location, null, e.Message);
        }
    }

    // Only where the file is; whether the manifest is one is for the package to say.
    private static string? ModelFileOf(byte[] manifest)
    {
        try
        {
            using var document = JsonDocument.Parse(manifest);
            return document.RootElement.GetProperty("modelFile").GetString() is { } file && ObjectKey.IsValid(file) ? file : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            return null;
        }
    }

    private async Task<byte[]?> ReadAsync(string key, CancellationToken cancellationToken)
    {
        await using var stream = await store.OpenAsync(key, cancellationToken);
        if (stream is null)
        {
            return null;
        }

        using var bytes = new MemoryStream();
        await stream.CopyToAsync(bytes, cancellationToken);
        return bytes.ToArray();
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Location} cannot be read; the model in use stays: {Reason}")]
    private static partial void LogUnread(ILogger log, string location, string reason);
}
