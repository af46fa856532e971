using AkiDb.Forecasting.Calendars;
using AkiDb.Forecasting.Traffic;
using Microsoft.ML.OnnxRuntime;

namespace AkiDb.Forecasting.Serving;

/// <summary>Forecasts by an ONNX model in ONNX Runtime, on the calling thread. Thread-safe.</summary>
public sealed class OnnxForecaster : IForecaster, IDisposable
{
    private static readonly string[] InputNames = [OnnxExport.QueriesInput, OnnxExport.CalendarInput];
    private static readonly string[] OutputNames = [OnnxExport.ForecastOutput];
    private readonly InferenceSession _session;
    private readonly RunOptions _run = new();
    private readonly CalendarFeatures _calendar;

    /// <summary>Loads a model.</summary>
    /// <param name="model">The ONNX file's bytes.</param>
    /// <param name="holidays">Holidays that the model was told of in training.</param>
    /// <exception cref="OnnxRuntimeException">The bytes are no model that ONNX Runtime can run.</exception>
    /// <exception cref="ArgumentException">The model has other inputs or outputs.</exception>
    public OnnxForecaster(byte[] model, HolidayCalendar holidays)
    {
        _calendar = new CalendarFeatures(holidays);
        // One small sequence a call: a second thread would wait longer than it works.
        using var options = new SessionOptions { IntraOpNumThreads = 1, InterOpNumThreads = 1, LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR };
        _session = new InferenceSession(model, options);
        try
        {
            Check(_session);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public string Name => "lstm";

    /// <inheritdoc/>
    public int HistoryMinutes => ForecastHorizon.InputMinutes;

    /// <inheritdoc/>
    public void Forecast(ReadOnlySpan<double> history, DateTimeOffset lastMinute, Span<double> forecast)
    {
        var read = ForecastArguments.Check(this, history, forecast);
        Span<double> filled = stackalloc double[ForecastHorizon.InputMinutes];
        GapFilling.CarryForward(read, filled);
        var queries = new float[ForecastHorizon.InputMinutes];
        var calendar = new float[ForecastHorizon.InputMinutes * CalendarFeatures.Count];
        for (var minute = 0; minute < queries.Length; minute++)
        {
            queries[minute] = (float)filled[minute];
            _calendar.Write(
                lastMinute.AddMinutes(minute + 1 - queries.Length), calendar.AsSpan(minute * CalendarFeatures.Count, CalendarFeatures.Count));
        }

        using var queriesValue = OrtValue.CreateTensorValueFromMemory(queries, [1, queries.Length]);
        using var calendarValue = OrtValue.CreateTensorValueFromMemory(calendar, [1, queries.Length, CalendarFeatures.Count]);
        using var results = _session.Run(_run, InputNames, [queriesValue, calendarValue], OutputNames);
        var values = results[0].GetTensorDataAsSpan<float>();
        for (var i = 0; i < forecast.Length; i++)
        {
            forecast[i] = values[i];
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _run.Dispose();
        _session.Dispose();
    }

    private static void Check(InferenceSession session)
    {
        var found = string.Join(", ", session.InputMetadata.Concat(session.OutputMetadata)
            .Select(value => $"{value.Key}[{string.Join(',', value.Value.Dimensions.Skip(1))}]").Order(StringComparer.Ordinal));
        var wanted = $"{OnnxExport.CalendarInput}[{ForecastHorizon.InputMinutes},{CalendarFeatures.Count}], "
            + $"{OnnxExport.ForecastOutput}[{ForecastHorizon.Minutes}], {OnnxExport.QueriesInput}[{ForecastHorizon.InputMinutes}]";
        if (found != wanted)
        {
            throw new ArgumentException($"The model has {found}; wanted {wanted}.", nameof(session));
        }
    }
}
