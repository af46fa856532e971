namespace AkiDb.Predictor.Autoscaling;

/// <summary>Where the autoscaler gets forecasts from.</summary>
internal interface IForecastSource
{
    /// <summary>The newest forecast; null if there is none.</summary>
    /// <exception cref="HttpRequestException">It cannot be had.</exception>
    Task<PeakForecast?> LatestAsync(CancellationToken cancellationToken);
}
