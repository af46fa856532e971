using System.Collections.Concurrent;
using AkiDb.Forecasting.Calendars;
using AkiDb.Forecasting.Network;
using AkiDb.Forecasting.Simd;
using AkiDb.Forecasting.Traffic;

namespace AkiDb.Forecasting.Training;

/// <summary>Forecasts by a trained network with the trainer's own kernels: what the ONNX model is checked against.</summary>
public sealed unsafe class LstmForecaster : IForecaster
{
    // The fewest rows that the kernels work on; one is used.
    private const int Rows = 4;
    private readonly LstmModel _model;
    private readonly CalendarFeatures _calendar;
    private readonly PinnedFloats[] _members;
    private readonly ConcurrentBag<INetworkShard> _idle = [];
    private readonly FloatLanes _lanes;

    /// <summary>Forecasts by a model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="lanes">Register width.</param>
    public LstmForecaster(LstmModel model, FloatLanes lanes = FloatLanes.Widest)
    {
        (_model, _lanes) = (model, lanes);
        _calendar = new CalendarFeatures(new HolidayCalendar(model.HolidayCountries));
        _members = [.. model.Members.Select(member =>
        {
            var parameters = new PinnedFloats(member.Parameters.Length);
            member.Parameters.CopyTo(parameters.Span);
            return parameters;
        })];
    }

    /// <inheritdoc/>
    public string Name => "lstm";

    /// <inheritdoc/>
    public int HistoryMinutes => ForecastHorizon.InputMinutes;

    /// <inheritdoc/>
    public void Forecast(ReadOnlySpan<double> history, DateTimeOffset lastMinute, Span<double> forecast)
    {
        var read = ForecastArguments.Check(this, history, forecast);
        var series = new TrafficSeries(lastMinute.AddMinutes(1 - read.Length), read);
        var windows = new TrainingWindows(series, _model.Scaler, _calendar);
        var shard = _idle.TryTake(out var idle) ? idle : NetworkShard.Create(_model.Layout, Rows, _lanes);
        windows.WriteInputs(read.Length - 1, shard, 0, _model.Layout.PaddedInputs);
        Span<float> outputs = stackalloc float[forecast.Length];
        foreach (var parameters in _members)
        {
            shard.Forward(parameters.Pointer, dropoutSeed: null);
            for (var i = 0; i < outputs.Length; i++)
            {
                outputs[i] += shard.Outputs[i] / _members.Length;
            }
        }

        for (var i = 0; i < forecast.Length; i++)
        {
            forecast[i] = windows.ToQueriesPerSecond(read.Length - 1, outputs[i]);
        }

        _idle.Add(shard);
    }
}
