using AkiDb.Forecasting.Calendars;
using AkiDb.Forecasting.Traffic;

namespace AkiDb.Forecasting.Baselines;

/// <summary>
/// One ridge regression for all 15 minutes: 60 log lags, the shape of yesterday and of last week where the training part is long
/// enough, and the calendar, give the change of the log level. The challenger that the LSTM has to beat.
/// </summary>
public sealed class RidgeForecaster : IForecaster
{
    /// <summary>Penalties tried; the one that errs least on the training part's last fifth is kept.</summary>
    private static readonly double[] Penalties = [1, 10, 100, 1_000, 10_000];
    private const int FewestRows = 4 * Minutes.PerHour;
    private readonly RidgeFeatures _features;
    private readonly LogScale _scale;

    /// <summary>Takes up what <see cref="Fit"/> found before.</summary>
    /// <exception cref="ArgumentException">The number of coefficients is not that of the features.</exception>
    public RidgeForecaster(RidgeParameters parameters)
    {
        Parameters = parameters;
        _scale = new LogScale(parameters.LogOffset);
        _features = new RidgeFeatures(new CalendarFeatures(new HolidayCalendar(parameters.HolidayCountries)), parameters.PeriodsMinutes);
        var wanted = _features.Count * ForecastHorizon.Minutes;
        if (parameters.Coefficients.Length != wanted)
        {
            throw new ArgumentException($"'ridge' has {parameters.Coefficients.Length} coefficients; wanted {wanted}.", nameof(parameters));
        }
    }

    /// <inheritdoc/>
    public string Name => "ridge";

    /// <inheritdoc/>
    public int HistoryMinutes => _features.HistoryMinutes;

    /// <summary>What was fitted.</summary>
    public RidgeParameters Parameters { get; }

    /// <summary>Fits on a training part; minutes with too little history or an unobserved future are left out.</summary>
    /// <exception cref="InsufficientTrafficException">Fewer than four hours of usable minutes.</exception>
    public static RidgeForecaster Fit(TrafficSeries training, HolidayCalendar holidays)
    {
        training = OutageMask.Apply(training);
        var scale = LogScale.Fit(training.Values);
        var periods = RidgeFeatures.PeriodsOf(training.Count);
        var features = new RidgeFeatures(new CalendarFeatures(holidays), periods);
        var log = new LogHistory(training.Values, scale);
        var rows = UsableMinutes(training.Values, features.HistoryMinutes);
        if (rows.Count < FewestRows)
        {
            throw new InsufficientTrafficException(
                $"'ridge' needs at least {FewestRows} minutes with {features.HistoryMinutes} minutes of history and 15 of future; found "
                + $"{rows.Count} in {training.Count} minutes of traffic.");
        }

        var problem = new RidgeProblem(features.Count, ForecastHorizon.Minutes);
        var held = rows.Count * 4 / 5;
        var largest = 0.0;
        Span<double> row = stackalloc double[features.Count];
        Span<double> targets = stackalloc double[ForecastHorizon.Minutes];
        var penalty = Penalties[0];
        for (var i = 0; i < rows.Count; i++)
        {
            if (i == held)
            {
                penalty = Best(problem, training, log, features, rows.GetRange(held, rows.Count - held));
            }

            var weight = Read(training, log, features, rows[i], row, targets);
            problem.Add(row, targets, weight);
            largest = Math.Max(largest, Math.Max(targets[^1], -targets[^1]));
        }

        return new RidgeForecaster(new RidgeParameters
        {
            LogOffset = scale.Offset,
            PeriodsMinutes = periods,
            HolidayCountries = holidays.Countries,
            Penalty = penalty,
            LargestChange = largest,
            Coefficients = problem.Solve(penalty),
        });
    }

    /// <inheritdoc/>
    public void Forecast(ReadOnlySpan<double> history, DateTimeOffset lastMinute, Span<double> forecast)
    {
        var log = new LogHistory(ForecastArguments.Check(this, history, forecast), _scale);
        Span<double> row = stackalloc double[_features.Count];
        Span<double> changes = stackalloc double[ForecastHorizon.Minutes];
        var last = log.Values.Length - 1;
        _features.Write(log, last, lastMinute, row);
        Predict(Parameters.Coefficients, row, changes);
        var level = log.Level(last);
        for (var i = 0; i < forecast.Length; i++)
        {
            // A linear model has no bound of its own: an input unlike the training part's must not give ten times the load.
            forecast[i] = _scale.FromLog(level + Math.Clamp(changes[i], -Parameters.LargestChange, Parameters.LargestChange));
        }
    }

    private static List<int> UsableMinutes(ReadOnlySpan<double> values, int history)
    {
        var usable = new List<int>();
        for (var minute = history - 1; minute + ForecastHorizon.Minutes < values.Length; minute++)
        {
            if (TrainingWindow.IsUsable(values, minute))
            {
                usable.Add(minute);
            }
        }

        return usable;
    }

    private static double Read(
        TrafficSeries training, LogHistory log, RidgeFeatures features, int minute, Span<double> row, Span<double> targets)
    {
        features.Write(log, minute, training.TimeOf(minute), row);
        var level = log.Level(minute);
        for (var step = 0; step < targets.Length; step++)
        {
            targets[step] = log.Values[minute + 1 + step] - level;
        }

        // An error of the log costs as many queries per second as there is load: weigh it so.
        return Math.Exp(level);
    }

    private static double Best(
        RidgeProblem problem, TrafficSeries training, LogHistory log, RidgeFeatures features, List<int> held)
    {
        var row = new double[features.Count];
        var targets = new double[ForecastHorizon.Minutes];
        var changes = new double[ForecastHorizon.Minutes];
        var solutions = Array.ConvertAll(Penalties, problem.Solve);
        var errors = new double[solutions.Length];
        for (var i = 0; i < held.Count; i += 3)
        {
            var weight = Read(training, log, features, held[i], row, targets);
            for (var candidate = 0; candidate < solutions.Length; candidate++)
            {
                Predict(solutions[candidate], row, changes);
                for (var step = 0; step < targets.Length; step++)
                {
                    errors[candidate] += weight * Math.Abs(targets[step] - changes[step]);
                }
            }
        }

        return Penalties[Array.IndexOf(errors, errors.Min())];
    }

    // A row of 15 coefficients for each feature.
    private static void Predict(double[] coefficients, ReadOnlySpan<double> row, Span<double> result)
    {
        result.Clear();
        for (var i = 0; i < row.Length; i++)
        {
            var outputs = coefficients.AsSpan(i * result.Length, result.Length);
            for (var j = 0; j < outputs.Length; j++)
            {
                result[j] += row[i] * outputs[j];
            }
        }
    }
}
