using System.Globalization;
using AkiDb.Forecasting;
using AkiDb.Forecasting.Baselines;
using AkiDb.Forecasting.Evaluation;
using AkiDb.Forecasting.Traffic;

namespace AkiDb.Predictor.Forecasts;

/// <summary>
/// Lets every forecaster forecast every minute, judges them by what came, and serves the best. It has no clock: service and
/// replay feed it minutes. Not thread-safe; <see cref="Current"/> may be read from any thread.
/// </summary>
internal sealed class ForecastEngine
{
    private const int RecentMinutes = 3 * Minutes.PerHour;
    private const int UnobservedLimit = 5;
    private const string NobodyBetter = "no forecaster beats the last value";

    private readonly EngineSettings _settings;
    private readonly TrafficHistory _history;
    private readonly List<Candidate> _candidates = [];
    private ForecasterChoice _choice = ForecasterChoice.None;
    private double _driftRatio = double.NaN;
    private double _dailyErrorRatio = double.NaN;
    private volatile ForecastState? _current;

    /// <param name="settings">How forecasts are made and judged.</param>
    /// <param name="forecasters">Who competes; the last value is always among them.</param>
    public ForecastEngine(EngineSettings settings, IEnumerable<IForecaster> forecasters)
    {
        _settings = settings;
        _history = new TrafficHistory(settings.HistoryMinutes);
        Admit([new LastValueForecaster(), .. forecasters]);
    }

    /// <summary>What is known after the last minute; null before the first.</summary>
    public ForecastState? Current => _current;

    /// <summary>The traffic that is kept, to fit forecasters on; null while there is none.</summary>
    public TrafficSeries? History => _history.Count == 0
        ? null
        : new TrafficSeries(TrafficHistory.TimeOf(_history.LastMinute - _history.Count + 1), _history.Values);

    /// <summary>Lets forecasters compete. One of a known name is a newer fit: it inherits the record of the older.</summary>
    public void Admit(IEnumerable<IForecaster> forecasters)
    {
        foreach (var forecaster in forecasters)
        {
            if (_candidates.Find(candidate => candidate.Forecaster.Name == forecaster.Name) is { } known)
            {
                known.Forecaster = forecaster;
            }
            else
            {
                _candidates.Add(new Candidate(forecaster, _settings));
            }
        }
    }

    /// <summary>
    /// Lets a new model forecast the last days as if it had been there. It is admitted if it can, and is no worse than the one of
    /// its name that it would replace, on as long a record; then it brings that record along.
    /// </summary>
    /// <returns>Null if it was admitted, else why not.</returns>
    public string? Audition(IForecaster forecaster)
    {
        var candidate = new Candidate(forecaster, _settings);
        var past = new TrafficHistory(_settings.HistoryMinutes);
        var first = _history.LastMinute - _history.Count + 1;
        for (var i = 0; i < _history.Count; i++)
        {
            past.Add(first + i, _history.Values[i]);
            if (i < _history.Count - _settings.JudgedMinutes - ForecastHorizon.Minutes || past.Count < forecaster.HistoryMinutes)
            {
                continue;
            }

            candidate.Judge(past);
            if (candidate.Forecast(past) is null && !double.IsNaN(_history.Values[i]))
            {
                return candidate.Failure;
            }
        }

        var known = _candidates.FindIndex(one => one.Forecaster.Name == forecaster.Name);
        // Who displaces nobody may come with a short record: it serves only once that is long enough, and would not be asked again.
        if (known >= 0 && candidate.JudgedCount < Math.Min(_settings.FewestJudged, _candidates[known].JudgedCount))
        {
            return $"{forecaster.Name} could only be judged on {candidate.JudgedCount} forecasts of the last days";
        }

        if (known >= 0 && RelativeError(candidate, _settings.JudgedMinutes) > RelativeError(_candidates[known], _settings.JudgedMinutes) * (1 + _settings.TakeoverMargin))
        {
            return string.Create(CultureInfo.InvariantCulture,
                $"its relative error on the last days is {RelativeError(candidate, _settings.JudgedMinutes):0.000}, that of the one in use {RelativeError(_candidates[known], _settings.JudgedMinutes):0.000}");
        }

        if (known >= 0)
        {
            _candidates[known] = candidate;
        }
        else
        {
            _candidates.Add(candidate);
        }

        return null;
    }

    /// <summary>Lets a forecaster compete no longer, if it still does.</summary>
    public void Dismiss(IForecaster forecaster) => _candidates.RemoveAll(candidate => ReferenceEquals(candidate.Forecaster, forecaster));

    /// <summary>Takes in traffic of the past without forecasting from it.</summary>
    public void Recall(TrafficSeries past)
    {
        for (var i = 0; i < past.Count; i++)
        {
            _history.Add(TrafficHistory.MinuteOf(past.TimeOf(i)), past[i]);
        }
    }

    /// <summary>Takes in the traffic of a minute and forecasts from it. A minute that is not newer than the last is ignored.</summary>
    /// <param name="minute">Start of the minute, UTC.</param>
    /// <param name="queriesPerSecond">Mean over the minute; NaN if it was not observed.</param>
    public void Observe(DateTimeOffset minute, double queriesPerSecond)
    {
        if (!_history.Add(TrafficHistory.MinuteOf(minute), queriesPerSecond))
        {
            return;
        }

        var forecasts = new Dictionary<string, CandidateForecast>(StringComparer.Ordinal);
        foreach (var candidate in _candidates)
        {
            candidate.Judge(_history);
            if (candidate.Forecast(_history) is { } forecast)
            {
                forecasts[candidate.Forecaster.Name] = forecast;
            }
        }

        var isNewDay = _history.LastMinute % Minutes.PerDay == 0;
        // A choice that found nobody was one too: it reads three days of everyone, which is too much for each minute.
        if ((isNewDay || _choice == ForecasterChoice.None) && _candidates.Max(candidate => candidate.JudgedCount) >= _settings.FewestJudged)
        {
            Choose();
        }

        if (_history.LastMinute % 10 == 0 && Of(_choice.Forecaster) is { } serving && serving.JudgedCount >= _settings.FewestJudged)
        {
            // Relative, since traffic itself may have changed.
            _driftRatio = RelativeError(serving, _settings.DriftMinutes) / RelativeError(serving, _settings.JudgedMinutes);
            _dailyErrorRatio = RelativeError(serving, Minutes.PerDay);
        }

        _current = State(forecasts);
    }

    /// <summary>Chooses who serves by the record so far, without waiting for the day to end.</summary>
    public void Choose() => _choice = ForecasterChoice.Of(Accuracies(), _choice.Forecaster, _settings);

    /// <summary>How good each forecaster was over the window, in the order of admission.</summary>
    public IReadOnlyList<ForecastAccuracy> Accuracies()
    {
        var reference = Of(ForecasterChoice.Reference)!.Record(_history.LastMinute, _settings.JudgedMinutes);
        return [.. _candidates.Select(candidate => ForecastAccuracy.Of(candidate.Record(_history.LastMinute, _settings.JudgedMinutes), reference))];
    }

    private Candidate? Of(string? name) => _candidates.Find(candidate => candidate.Forecaster.Name == name);

    private double RelativeError(Candidate candidate, int minutes)
    {
        var run = candidate.Record(_history.LastMinute, minutes);
        var (error, load) = (0.0, 0.0);
        for (var i = 0; i < run.Origins.Count; i++)
        {
            var forecast = run.ForecastOf(i);
            var actual = run.ActualOf(i);
            for (var step = 0; step < forecast.Length; step++)
            {
                error += Math.Abs(forecast[step] - actual[step]);
                load += actual[step];
            }
        }

        return error / load;
    }

    private ForecastState State(Dictionary<string, CandidateForecast> forecasts)
    {
        var serving = Of(_choice.Forecaster);
        var forecast = _choice.Forecaster is { } name ? forecasts.GetValueOrDefault(name) : null;
        return new ForecastState
        {
            LastMinute = TrafficHistory.TimeOf(_history.LastMinute),
            Recent = [.. _history.Values[^Math.Min(RecentMinutes, _history.Count)..]],
            Choice = _choice,
            Level = _settings.Level,
            Forecast = forecast,
            Refusal = Refusal(serving, forecast),
            CoverageByMinuteAhead = serving?.CoverageByMinuteAhead ?? [],
            DailyErrorRatio = _dailyErrorRatio,
            DriftRatio = _driftRatio,
            IsDrifting = _driftRatio > _settings.DriftRatio,
        };
    }

    private string? Refusal(Candidate? serving, CandidateForecast? forecast)
    {
        if (serving is null)
        {
            var judged = _candidates.Max(candidate => candidate.JudgedCount);
            return judged >= _settings.FewestJudged ? NobodyBetter : string.Create(CultureInfo.InvariantCulture, $"{judged} of the first {_settings.FewestJudged} forecasts have been judged");
        }

        if (!_choice.IsUseful)
        {
            return NobodyBetter;
        }

        return forecast is null ? serving.Failure
            : forecast.Peaks[^1].Upper is null ? "too few forecasts were judged for a bound"
            : Unobserved() >= UnobservedLimit ? $"traffic was not observed for {UnobservedLimit} minutes"
            : null;
    }

    private int Unobserved()
    {
        var count = 0;
        while (count < _history.Count && double.IsNaN(_history.Values[^(count + 1)]))
        {
            count++;
        }

        return count;
    }
}
