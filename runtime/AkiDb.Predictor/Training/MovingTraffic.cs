using System.Globalization;
using AkiDb.Forecasting.Evaluation;
using AkiDb.Forecasting.Traffic;

namespace AkiDb.Predictor.Training;

/// <summary>Refuses traffic that does not move: the last value is right then, nothing beats it, and no skill is a number.</summary>
internal static class MovingTraffic
{
    /// <summary>Looks at each part of a series.</summary>
    /// <exception cref="InsufficientTrafficException">A part is the same in every observed minute.</exception>
    public static void Check(TrafficSeries series, SeriesParts parts)
    {
        Check(series, "training", 0, parts.ValidationStart);
        Check(series, "validation", parts.ValidationStart, parts.TestStart);
        Check(series, "test", parts.TestStart, parts.End);
    }

    private static void Check(TrafficSeries series, string part, int first, int end)
    {
        var different = series.Values[first..end].ToArray().Where(value => !double.IsNaN(value)).Distinct().Take(2).ToList();
        if (different.Count == 1)
        {
            throw new InsufficientTrafficException(string.Create(CultureInfo.InvariantCulture,
                $"Traffic is {different[0]:g6} queries/s in every observed minute of the {part} part, {series.TimeOf(first):yyyy-MM-dd HH:mm} to {series.TimeOf(end):yyyy-MM-dd HH:mm} UTC; wanted traffic that moves in each part."));
        }
    }
}
