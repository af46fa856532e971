namespace AkiDb.Forecasting.Evaluation;

/// <summary>Accuracy of one forecaster, over all 15 minutes and by minute ahead.</summary>
public sealed record ForecastAccuracy
{
    /// <summary>Name of the forecaster.</summary>
    public required string Forecaster { get; init; }

    /// <summary>Over all minutes ahead.</summary>
    public required ErrorFigures Overall { get; init; }

    /// <summary>For 1, 2, … 15 minutes ahead.</summary>
    public required IReadOnlyList<ErrorFigures> ByMinuteAhead { get; init; }

    /// <summary>Judges a run.</summary>
    /// <param name="run">The forecaster's run.</param>
    /// <param name="lastValue">The last value's run on the same series; only origins of both count.</param>
    public static ForecastAccuracy Of(ForecastRun run, ForecastRun lastValue)
    {
        var sums = NewSums();
        var reference = NewSums();
        var others = lastValue.Origins.Select((origin, i) => (origin, i)).ToDictionary(pair => pair.origin, pair => pair.i);
        for (var i = 0; i < run.Origins.Count; i++)
        {
            if (!others.TryGetValue(run.Origins[i], out var other))
            {
                continue;
            }

            Add(sums, run, i);
            Add(reference, lastValue, other);
        }

        return new ForecastAccuracy
        {
            Forecaster = run.Forecaster,
            Overall = sums[0].Against(reference[0]),
            ByMinuteAhead = [.. sums.Zip(reference, (sum, last) => sum.Against(last)).Skip(1)],
        };
    }

    // The first is for all minutes ahead.
    private static ErrorSums[] NewSums() => [.. Enumerable.Range(0, ForecastHorizon.Minutes + 1).Select(_ => new ErrorSums())];

    private static void Add(ErrorSums[] sums, ForecastRun run, int origin)
    {
        var forecast = run.ForecastOf(origin);
        var actual = run.ActualOf(origin);
        for (var step = 0; step < forecast.Length; step++)
        {
            sums[0].Add(forecast[step], actual[step]);
            sums[step + 1].Add(forecast[step], actual[step]);
        }
    }
}
