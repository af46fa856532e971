using AkiDb.Forecasting.Calendars;
using AkiDb.Forecasting.Network;
using AkiDb.Forecasting.Traffic;

namespace AkiDb.Forecasting.Training;

/// <summary>
/// Windows of a series as a network reads them: at each of 60 minutes the log load less the level of the last 15 minutes, and
/// the calendar; wanted are the log load's changes from that level. Read-only once made.
/// </summary>
internal sealed unsafe class TrainingWindows
{
    private readonly TrafficSeries _series;
    private readonly ModelScaler _scaler;
    private readonly LogHistory _log;
    private readonly float[] _calendar;

    public TrainingWindows(TrafficSeries series, ModelScaler scaler, CalendarFeatures calendar)
    {
        (_series, _scaler) = (series, scaler);
        _log = new LogHistory(series.Values, scaler.Log);
        _calendar = new float[series.Count * CalendarFeatures.Count];
        for (var minute = 0; minute < series.Count; minute++)
        {
            var row = _calendar.AsSpan(minute * CalendarFeatures.Count, CalendarFeatures.Count);
            calendar.Write(series.TimeOf(minute), row);
            for (var i = 0; i < row.Length; i++)
            {
                row[i] = (row[i] - scaler.CalendarMeans[i]) * scaler.CalendarFactors[i];
            }
        }
    }

    /// <summary>Inputs of a step: the load, then the calendar.</summary>
    public static int InputsPerStep => 1 + CalendarFeatures.Count;

    /// <summary>Minutes of [first, end) that end a window and whose window may be learnt from.</summary>
    public int[] Usable(int first, int end)
    {
        var minutes = new List<int>();
        for (var minute = first; minute + ForecastHorizon.Minutes < end; minute++)
        {
            if (TrainingWindow.IsUsable(_series.Values, minute))
            {
                minutes.Add(minute);
            }
        }

        return [.. minutes];
    }

    /// <summary>Load at the end of a window, queries per second.</summary>
    public double LevelOf(int minute) => _scaler.Log.FromLog(_log.Level(minute));

    /// <summary>What was observed at a minute, queries per second.</summary>
    public double ActualOf(int minute) => _series[minute];

    /// <summary>Writes a window into a row of a shard's inputs.</summary>
    public void WriteInputs(int minute, INetworkShard shard, int row, int paddedInputs)
    {
        var level = _log.Level(minute);
        var factor = 1 / _scaler.InputScale;
        var first = minute + 1 - ForecastHorizon.InputMinutes;
        for (var step = 0; step < ForecastHorizon.InputMinutes; step++)
        {
            var to = shard.Inputs.Pointer + (((step * shard.Rows) + row) * paddedInputs);
            to[0] = (float)((_log.Values[first + step] - level) * factor);
            _calendar.AsSpan((first + step) * CalendarFeatures.Count, CalendarFeatures.Count)
                .CopyTo(new Span<float>(to + 1, CalendarFeatures.Count));
        }
    }

    /// <summary>The outputs wanted of a window.</summary>
    public void WriteTargets(int minute, Span<float> targets)
    {
        var level = _log.Level(minute);
        for (var step = 0; step < targets.Length; step++)
        {
            targets[step] = (float)((_log.Values[minute + 1 + step] - level) / _scaler.OutputScale);
        }
    }

    /// <summary>The traffic that outputs mean.</summary>
    public double ToQueriesPerSecond(int minute, float output) =>
        _scaler.Log.FromLog(_log.Level(minute) + (output * _scaler.OutputScale));
}
