using AkiDb.Forecasting.Traffic;

namespace AkiDb.Forecasting.Evaluation;

/// <summary>
/// A series cut in time: the first 70 % to fit on, 15 % to choose with, the last 15 % to judge on (row F1). Nothing that is
/// fitted or chosen sees the part after its own.
/// </summary>
/// <param name="ValidationStart">First minute of the validation part.</param>
/// <param name="TestStart">First minute of the test part.</param>
/// <param name="End">Number of minutes of the series.</param>
public readonly record struct SeriesParts(int ValidationStart, int TestStart, int End)
{
    /// <summary>Cuts 70/15/15.</summary>
    public static SeriesParts Of(TrafficSeries series) =>
        new((int)(series.Count * 70L / 100), (int)(series.Count * 85L / 100), series.Count);

    /// <summary>The training part of the series that was cut.</summary>
    public TrafficSeries Training(TrafficSeries series) => series.Slice(0, ValidationStart);
}
