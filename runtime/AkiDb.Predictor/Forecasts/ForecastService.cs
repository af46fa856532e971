using AkiDb.Forecasting;
using AkiDb.Forecasting.Calendars;
using AkiDb.Forecasting.Evaluation;
using AkiDb.Forecasting.Traffic;
using AkiDb.Predictor.Traffic;

namespace AkiDb.Predictor.Forecasts;

/// <summary>
/// Keeps the engine fed: with the past at the start, with each minute as it becomes known, with fresh fits each day and with new
/// models. Steps must not overlap; what it publishes may be read from any thread.
/// </summary>
internal sealed partial class ForecastService(
    EngineSettings settings, ITrafficSource source, IModelSource models, HolidayCalendar holidays, TimeProvider time, PredictorMetrics metrics,
    ILogger<ForecastService> log)
{
    // A minute without a value may still be scraped; after this many it will not.
    private const int LateMinutes = 3;

    private ForecastEngine? _engine;
    private long _lastMinute;
    private long _fittedOn;
    private string? _said;
    private FoundModel? _model;
    private volatile IReadOnlyList<ForecastAccuracy> _accuracies = [];

    /// <summary>What is known; null before the first traffic.</summary>
    public ForecastState? Current => _engine?.Current;

    /// <summary>How good each forecaster was over the last days; renewed every ten minutes.</summary>
    public IReadOnlyList<ForecastAccuracy> Accuracies => _accuracies;

    /// <summary>Share of the upper bounds that should hold.</summary>
    public double Level => settings.Level;

    /// <summary>Whether traffic could be read at least once, or was tried to be.</summary>
    public bool HasBegun { get; private set; }

    /// <summary>Why nothing is known; null when something is.</summary>
    public string? Trouble { get; private set; } = "no traffic was read yet";

    /// <summary>Reads what is new and forecasts from it. Failure is told and tried again in the next step.</summary>
    public async Task StepAsync(CancellationToken cancellationToken)
    {
        try
        {
            var now = TrafficHistory.MinuteOf(time.GetUtcNow());
            if (_engine is null)
            {
                await BeginAsync(now, cancellationToken);
            }
            else
            {
                await ContinueAsync(now, cancellationToken);
            }

            metrics.CountRead(isGood: true);
            Trouble = _engine is null ? "the traffic source has no traffic" : null;
            await TakeModelsAsync(cancellationToken);
        }
        catch (TrafficSourceException e)
        {
            metrics.CountRead(isGood: false);
            Trouble = e.Message;
            LogUnread(log, e.Message);
        }

        HasBegun = true;
        Tell();
    }

    private async Task BeginAsync(long now, CancellationToken cancellationToken)
    {
        var series = await source.ReadAsync(TrafficHistory.TimeOf(now - settings.HistoryMinutes), settings.HistoryMinutes, cancellationToken);
        var first = Enumerable.Range(0, series.Count).FirstOrDefault(minute => !double.IsNaN(series[minute]), -1);
        if (first < 0)
        {
            return;
        }

        // The last days judge forecasters that were fitted on those before them.
        series = series.Slice(first, series.Count - first);
        var warmUp = Math.Max(0, series.Count - settings.JudgedMinutes);
        var past = series.Slice(0, warmUp);
        var engine = new ForecastEngine(settings, ForecasterFits.Of(past, holidays));
        engine.Recall(past);
        LogBegun(log, source.Description, series.Count, warmUp);
        Feed(engine, series, warmUp, now);
        (_engine, _fittedOn) = (engine, now / Minutes.PerDay);
        Refresh(engine);
    }

    private async Task ContinueAsync(long now, CancellationToken cancellationToken)
    {
        // A clock that went back has nothing new to tell; one that leapt ahead is believed up to what is kept.
        var missing = (int)Math.Min(now - 1 - _lastMinute, settings.HistoryMinutes);
        if (missing < 1)
        {
            return;
        }

        var series = await source.ReadAsync(TrafficHistory.TimeOf(now - missing), missing, cancellationToken);
        Feed(_engine!, series, 0, now);
        if (now / Minutes.PerDay != _fittedOn)
        {
            _fittedOn = now / Minutes.PerDay;
            var fits = ForecasterFits.Of(_engine!.History!, holidays);
            _engine.Admit(fits);
            LogFitted(log, fits.Count);
        }

        if (_lastMinute % 10 == 0)
        {
            Refresh(_engine!);
        }
    }

    private void Feed(ForecastEngine engine, TrafficSeries series, int from, long now)
    {
        for (var i = from; i < series.Count; i++)
        {
            var minute = TrafficHistory.MinuteOf(series.TimeOf(i));
            if (double.IsNaN(series[i]) && IsUnknownFrom(series, i) && minute >= now - LateMinutes)
            {
                return;
            }

            engine.Observe(series.TimeOf(i), series[i]);
            _lastMinute = minute;
        }
    }

    private static bool IsUnknownFrom(TrafficSeries series, int from)
    {
        for (var i = from; i < series.Count; i++)
        {
            if (!double.IsNaN(series[i]))
            {
                return false;
            }
        }

        return true;
    }

    private void Refresh(ForecastEngine engine)
    {
        _accuracies = engine.Accuracies();
        metrics.Record(_accuracies);
    }

    private async Task TakeModelsAsync(CancellationToken cancellationToken)
    {
        if (_engine is not { } engine || await models.NewestAsync(cancellationToken) is not { } model)
        {
            return;
        }

        var refusal = model.Forecaster is { } forecaster ? engine.Audition(forecaster) : model.Refusal;
        metrics.CountModel(isGood: refusal is null);
        if (refusal is not null)
        {
            model.Owner?.Dispose();
            LogModelRefused(log, model.Name, refusal);
            return;
        }

        if (_model is { Forecaster: { } before })
        {
            // It may have had another name.
            engine.Dismiss(before);
            _model.Owner?.Dispose();
        }

        _model = model;
        engine.Choose();
        Refresh(engine);
        LogModel(log, model.Name);
    }

    private void Tell()
    {
        metrics.Record(Current, time.GetUtcNow());
        var says = Current is { } state ? $"{state.Choice.Forecaster ?? "nobody"}; {state.Refusal ?? "followed"}; drift {state.IsDrifting}" : Trouble;
        if (says != _said)
        {
            _said = says;
            if (Current is { } known)
            {
                LogServing(log, known.Choice.Forecaster ?? "nobody", known.Choice.Why, known.Refusal ?? "nothing", known.IsDrifting, known.DriftRatio);
            }
            else
            {
                LogWaiting(log, Trouble ?? "");
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Source} gave {Minutes} minutes of traffic; forecasters were fitted on the first {Fitted}.")]
    private static partial void LogBegun(ILogger log, string source, int minutes, int fitted);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Forecasters} built-in forecasters were fitted anew for the day.")]
    private static partial void LogFitted(ILogger log, int forecasters);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Forecaster} serves. {Why} What speaks against following it: {Refusal}. Drift: {IsDrifting}, {DriftRatio} times the usual error.")]
    private static partial void LogServing(ILogger log, string forecaster, string why, string refusal, bool isDrifting, double driftRatio);

    [LoggerMessage(Level = LogLevel.Information, Message = "Nothing is forecast yet: {Reason}")]
    private static partial void LogWaiting(ILogger log, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Traffic cannot be read; forecasts stand still: {Reason}")]
    private static partial void LogUnread(ILogger log, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "Model {Model} competes from now on.")]
    private static partial void LogModel(ILogger log, string model);

    [LoggerMessage(Level = LogLevel.Error, Message = "Model {Model} is refused, the one before stays: {Reason}")]
    private static partial void LogModelRefused(ILogger log, string model, string reason);
}
