using AkiDb.Forecasting;

namespace AkiDb.Predictor.Forecasts;

/// <summary>Where trained models come from.</summary>
internal interface IModelSource
{
    /// <summary>The newest model, once: null when there is none that was not given before.</summary>
    Task<FoundModel?> NewestAsync(CancellationToken cancellationToken);
}

/// <summary>A model that was found.</summary>
/// <param name="Name">Where it is.</param>
/// <param name="Forecaster">The model; null if it could not be loaded.</param>
/// <param name="Refusal">Why not.</param>
/// <param name="Owner">What to dispose of when the model is no longer used.</param>
internal sealed record FoundModel(string Name, IForecaster? Forecaster, string? Refusal, IDisposable? Owner = null);

/// <summary>No trained models: the built-in forecasters compete alone.</summary>
internal sealed class NoModels : IModelSource
{
    public Task<FoundModel?> NewestAsync(CancellationToken cancellationToken) => Task.FromResult<FoundModel?>(null);
}
