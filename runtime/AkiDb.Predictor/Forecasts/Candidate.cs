using AkiDb.Forecasting;
using AkiDb.Forecasting.Evaluation;
using AkiDb.Forecasting.Intervals;

namespace AkiDb.Predictor.Forecasts;

/// <summary>A forecaster, what it forecast lately, and how that turned out. Not thread-safe.</summary>
internal sealed class Candidate
{
    private readonly EngineSettings _settings;
    private readonly Queue<(long Origin, double[] Values, CandidateForecast Forecast)> _issued = new();
    private readonly Queue<(long Origin, double[] Forecast, double[] Actual)> _judged = new();
    private readonly RollingConformal[] _minutes;
    private readonly RollingConformal[] _peaks;
    private readonly CoverageTracker[] _coverage;

    public Candidate(IForecaster forecaster, EngineSettings settings)
    {
        (Forecaster, _settings) = (forecaster, settings);
        _minutes = Make(() => new RollingConformal([settings.LowerLevel, settings.UpperLevel], settings.JudgedMinutes));
        _peaks = Make(() => new RollingConformal([settings.Level], settings.JudgedMinutes));
        _coverage = Make(() => new CoverageTracker(settings.JudgedMinutes));
    }

    /// <summary>The forecaster; a newer fit of the same kind may take its place and inherits the record.</summary>
    public IForecaster Forecaster { get; set; }

    /// <summary>Forecasts whose 15 minutes have passed, within the window.</summary>
    public int JudgedCount => _judged.Count;

    /// <summary>Share of the bounds on the greatest of the next 1, 2, … 15 minutes that held; NaN without one.</summary>
    public IReadOnlyList<double> CoverageByMinuteAhead => [.. _coverage.Select(coverage => coverage.Coverage)];

    /// <summary>Why the last call of the forecaster gave nothing; null when it gave a forecast.</summary>
    public string? Failure { get; private set; }

    /// <summary>Compares what was forecast with what came, now that the history has grown by a minute.</summary>
    public void Judge(TrafficHistory history)
    {
        while (_issued.TryPeek(out var oldest) && oldest.Origin + ForecastHorizon.Minutes <= history.LastMinute)
        {
            _issued.Dequeue();
            var first = history.Count - (int)Math.Min(history.Count, history.LastMinute - oldest.Origin);
            var actual = history.Values.Slice(first, Math.Min(ForecastHorizon.Minutes, history.Count - first)).ToArray();
            if (actual.Length == ForecastHorizon.Minutes && !actual.Any(double.IsNaN))
            {
                Take(oldest.Origin, oldest.Values, oldest.Forecast, actual);
            }
        }

        while (_judged.TryPeek(out var old) && old.Origin <= history.LastMinute - _settings.JudgedMinutes)
        {
            _judged.Dequeue();
        }
    }

    /// <summary>Forecasts from the whole history; null where the forecaster cannot.</summary>
    public CandidateForecast? Forecast(TrafficHistory history)
    {
        var values = new double[ForecastHorizon.Minutes];
        if (!TryForecast(history, values))
        {
            return null;
        }

        var forecast = CandidateForecast.Of(values, _minutes, _peaks, _settings);
        _issued.Enqueue((history.LastMinute, values, forecast));
        return forecast;
    }

    /// <summary>What was forecast beside what came, as accuracy is computed from; of the last <paramref name="minutes"/> only.</summary>
    public ForecastRun Record(long now, int minutes)
    {
        var part = _judged.Where(one => one.Origin > now - minutes).ToList();
        return new ForecastRun(
            Forecaster.Name, [.. part.Select(one => (int)one.Origin)], [.. part.SelectMany(one => one.Forecast)], [.. part.SelectMany(one => one.Actual)]);
    }

    private static T[] Make<T>(Func<T> make) => [.. Enumerable.Range(0, ForecastHorizon.Minutes).Select(_ => make())];

    // A forecaster that fails, or gives what cannot be, is not asked to explain itself: it has no forecast this minute.
    private bool TryForecast(TrafficHistory history, double[] values)
    {
        Failure = null;
        if (history.Count < Forecaster.HistoryMinutes)
        {
            Failure = $"{Forecaster.Name} reads {Forecaster.HistoryMinutes} minutes of history; there are {history.Count}";
            return false;
        }

        try
        {
            Forecaster.Forecast(history.Values, TrafficHistory.TimeOf(history.LastMinute), values);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            Failure = $"{Forecaster.Name} failed: {e.Message}";
            return false;
        }

        if (!values.All(value => double.IsFinite(value) && value >= 0))
        {
            Failure = $"{Forecaster.Name} forecast a value that is negative or not a number";
            return false;
        }

        return true;
    }

    private void Take(long origin, double[] values, CandidateForecast forecast, double[] actual)
    {
        var actualPeak = 0.0;
        for (var i = 0; i < actual.Length; i++)
        {
            actualPeak = Math.Max(actualPeak, actual[i]);
            var (minute, peak) = (forecast.Minutes[i], forecast.Peaks[i]);
            _minutes[i].Add(origin, minute.Qps, actual[i], minute.Lower, minute.Upper);
            _peaks[i].Add(origin, peak.Qps, actualPeak, peak.Upper);
            if (peak.Upper is { } bound)
            {
                _coverage[i].Add(origin, bound, actualPeak);
            }
        }

        _judged.Enqueue((origin, values, actual));
    }
}
