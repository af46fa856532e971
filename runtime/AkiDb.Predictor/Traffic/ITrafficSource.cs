using AkiDb.Forecasting.Traffic;

namespace AkiDb.Predictor.Traffic;

/// <summary>Where measured traffic comes from.</summary>
internal interface ITrafficSource
{
    /// <summary>What it is, for logs and pages.</summary>
    string Description { get; }

    /// <summary>Traffic of whole minutes.</summary>
    /// <param name="from">Start of the first minute, UTC.</param>
    /// <param name="minutes">How many, at least 1.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>As many minutes; NaN where nothing was measured.</returns>
    /// <exception cref="TrafficSourceException">The source failed, or does not give one series.</exception>
    Task<TrafficSeries> ReadAsync(DateTimeOffset from, int minutes, CancellationToken cancellationToken);
}
