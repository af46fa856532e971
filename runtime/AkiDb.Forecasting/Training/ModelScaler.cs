using AkiDb.Forecasting.Calendars;
using AkiDb.Forecasting.Traffic;

namespace AkiDb.Forecasting.Training;

/// <summary>
/// How traffic and calendar become a network's inputs and its outputs become traffic. Fitted on a training part alone; it is
/// part of the model and of the ONNX graph.
/// </summary>
public sealed record ModelScaler
{
    /// <summary>Traffic is read as log(q + offset). Queries per second, above 0.</summary>
    public required double LogOffset { get; init; }

    /// <summary>Standard deviation of the log load within an hour around the level of its last 15 minutes; divides inputs.</summary>
    public required double InputScale { get; init; }

    /// <summary>Standard deviation of the change from that level over 15 minutes; multiplies outputs.</summary>
    public required double OutputScale { get; init; }

    /// <summary>Mean of each calendar feature; subtracted.</summary>
    public required IReadOnlyList<float> CalendarMeans { get; init; }

    /// <summary>What multiplies each calendar feature: 1 / standard deviation, and 0 for one that did not vary in the training
    /// part (no holiday in it), because its weights would be chance.</summary>
    public required IReadOnlyList<float> CalendarFactors { get; init; }

    internal LogScale Log => new(LogOffset);

    /// <summary>Fits on a training part.</summary>
    /// <param name="training">Outages masked.</param>
    /// <param name="calendar">The features.</param>
    internal static ModelScaler Fit(TrafficSeries training, CalendarFeatures calendar)
    {
        var scale = LogScale.Fit(training.Values);
        var log = new LogHistory(training.Values, scale);
        var (inputs, outputs) = (new Spread(), new Spread());
        var features = Enumerable.Range(0, CalendarFeatures.Count).Select(_ => new Spread()).ToArray();
        Span<float> row = stackalloc float[CalendarFeatures.Count];
        for (var minute = ForecastHorizon.InputMinutes - 1; minute + ForecastHorizon.Minutes < training.Count; minute++)
        {
            calendar.Write(training.TimeOf(minute), row);
            for (var i = 0; i < row.Length; i++)
            {
                features[i].Add(row[i]);
            }

            if (TrainingWindow.IsUsable(training.Values, minute))
            {
                var level = log.Level(minute);
                inputs.Add(log.Values[minute + 1 - ForecastHorizon.InputMinutes] - level);
                inputs.Add(log.Values[minute] - level);
                outputs.Add(log.Values[minute + ForecastHorizon.Minutes] - level);
            }
        }

        return new ModelScaler
        {
            LogOffset = scale.Offset,
            InputScale = inputs.DeviationOrOne,
            OutputScale = outputs.DeviationOrOne,
            CalendarMeans = [.. features.Select(feature => (float)feature.Mean)],
            CalendarFactors = [.. features.Select(feature => feature.Varies ? (float)(1 / feature.DeviationOrOne) : 0)],
        };
    }

    private sealed class Spread
    {
        private int _count;
        private double _squares;

        public double Mean { get; private set; }

        public bool Varies => _squares > 1e-9 * _count;

        // Constant traffic has no scale of its own: any one does.
        public double DeviationOrOne => Varies ? Math.Sqrt(_squares / _count) : 1;

        public void Add(double value)
        {
            _count++;
            var away = value - Mean;
            Mean += away / _count;
            _squares += away * (value - Mean);
        }
    }
}
