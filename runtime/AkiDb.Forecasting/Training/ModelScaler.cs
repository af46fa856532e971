using AkiDb.Forecasting.Calendars;
using AkiDb.Forecasting.Traffic;

namespace AkiDb.Forecasting.Training;

/// <summary>
/// How traffic and calendar become a network's inputs and its outputs become traffic. Fitted on a training part alone; it is
/// part of the model and of the ONNX graph.
/// </summary>
public sealed record ModelScaler
{
    private const int FewestEpisodes = 2;

    /// <summary>Traffic is read as log(q + offset). Queries per second, above 0.</summary>
    public required double LogOffset { get; init; }

    /// <summary>Standard deviation of the log load within an hour around the level of its last 15 minutes; divides inputs.</summary>
    public required double InputScale { get; init; }

    /// <summary>Standard deviation of the change from that level over 15 minutes; multiplies outputs.</summary>
    public required double OutputScale { get; init; }

    /// <summary>Mean of each calendar feature; subtracted.</summary>
    public required IReadOnlyList<float> CalendarMeans { get; init; }

    /// <summary>What multiplies each calendar feature: 1 / standard deviation, and 0 for one that the training part shows less
    /// than twice (no holiday in it, or one weekend): its weights would be chance, or that weekend's accidents.</summary>
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
        for (var minute = 0; minute < training.Count; minute++)
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
            CalendarFactors = [.. features.Select(feature => feature.Episodes >= FewestEpisodes ? (float)(1 / feature.DeviationOrOne) : 0)],
        };
    }

    private sealed class Spread
    {
        private int _count;
        private double _squares;
        private double _previous = double.MaxValue;

        public double Mean { get; private set; }

        /// <summary>How often the value rose from 0 or less to above it.</summary>
        public int Episodes { get; private set; }

        private bool Varies => _squares > 1e-9 * _count;

        // Constant traffic has no scale of its own: any one does.
        public double DeviationOrOne => Varies ? Math.Sqrt(_squares / _count) : 1;

        public void Add(double value)
        {
            Episodes += _previous <= 0 && value > 0 ? 1 : 0;
            _previous = value;
            _count++;
            var away = value - Mean;
            Mean += away / _count;
            _squares += away * (value - Mean);
        }
    }
}
