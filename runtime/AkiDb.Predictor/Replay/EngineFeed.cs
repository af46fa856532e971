using System.Collections.Immutable;
using AkiDb.Forecasting;
using AkiDb.Forecasting.Traffic;
using AkiDb.Predictor.Autoscaling;
using AkiDb.Predictor.Forecasts;

namespace AkiDb.Predictor.Replay;

/// <summary>
/// Forecasts of the service's own engine over a trace. The forecasters are fitted on what lies before the warm-up; the engine
/// then walks through the warm-up, to judge them, and through the judged part.
/// </summary>
internal sealed class EngineFeed : IForecastFeed
{
    private readonly ImmutableArray<ForecastState> _states;
    private readonly ReplayTrace _trace;

    private EngineFeed(ImmutableArray<ForecastState> states, ReplayTrace trace) => (_states, _trace) = (states, trace);

    /// <summary>Share of the upper bounds on the next 15 minutes' greatest traffic that held in the judged part; NaN if none was given.</summary>
    public double Coverage
    {
        get
        {
            var actual = new PerfectFeed(_trace);
            return Enumerable.Range(_trace.From - 1, _trace.JudgedMinutes - ForecastHorizon.Minutes + 1)
                .Where(minute => After(minute) is not null)
                .Select(minute => actual.PeakAfter(minute) <= After(minute)!.UpperBounds[^1] ? 1.0 : 0.0)
                .DefaultIfEmpty(double.NaN).Average();
        }
    }

    /// <summary>Who served at the end, and why.</summary>
    public ForecasterChoice Choice => _states[^1].Choice;

    /// <summary>Who served and how many bounds held, in sentences.</summary>
    /// <param name="level">Share of the bounds that should hold.</param>
    public string Note(double level)
    {
        var bounds = double.IsNaN(Coverage) ? "No upper bounds were given." : $"Upper bounds held: {Coverage:0.0 %}, wanted {level:0.0 %}.";
        return $"{Choice.Why} {bounds}";
    }

    /// <summary>Walks through a trace.</summary>
    /// <param name="trace">The trace.</param>
    /// <param name="settings">How forecasts are made and judged.</param>
    /// <param name="fit">Makes the forecasters from the part before the warm-up.</param>
    /// <param name="cancellationToken">Ends the walk.</param>
    public static EngineFeed Of(
        ReplayTrace trace, EngineSettings settings, Func<TrafficSeries, IEnumerable<IForecaster>> fit, CancellationToken cancellationToken)
    {
        var warmUp = Math.Max(0, trace.From - settings.JudgedMinutes - ForecastHorizon.Minutes);
        var engine = new ForecastEngine(settings with { HistoryMinutes = trace.Qps.Length }, fit(new TrafficSeries(trace.Start, trace.Qps.AsSpan(0, warmUp))));
        engine.Recall(new TrafficSeries(trace.Start, trace.Qps.AsSpan(0, warmUp)));
        var states = ImmutableArray.CreateBuilder<ForecastState>(trace.JudgedMinutes);
        for (var minute = warmUp; minute < trace.Qps.Length; minute++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            engine.Observe(trace.TimeOf(minute), trace.Qps[minute]);
            if (minute == trace.From - 1)
            {
                engine.Choose();
            }

            if (minute >= trace.From - 1)
            {
                states.Add(engine.Current!);
            }
        }

        return new EngineFeed(states.ToImmutable(), trace);
    }

    // As the service would answer the autoscaler.
    public PeakForecast? After(int minute) => ForecastDocument.Of(StateAfter(minute)).ToPeak();

    // Where nobody serves, as on constant traffic, the last value stands for a forecast.
    public double PeakAfter(int minute) => StateAfter(minute).Forecast?.Peaks[^1].Qps ?? _trace.Qps[minute];

    // The first state is the one after the minute before the judged part.
    private ForecastState StateAfter(int minute) => _states[minute - _trace.From + 1];
}
