using AkiDb.Forecasting.Intervals;

namespace AkiDb.Forecasting.Evaluation;

/// <summary>Coverage of rolling conformal bounds over a run, each bound made from what had matured by then.</summary>
public sealed record ConformalBacktest
{
    /// <summary>The level asked for, 0 to 1.</summary>
    public required double Level { get; init; }

    /// <summary>Share of the bounds on the highest of the next 15 minutes that held; what the autoscaler decides on.</summary>
    public required double CoverageOfMaximum { get; init; }

    /// <summary>Share of the bounds that held, 1, 2, … 15 minutes ahead.</summary>
    public required IReadOnlyList<double> CoverageByMinuteAhead { get; init; }

    /// <summary>Bounds judged.</summary>
    public required int Count { get; init; }

    /// <summary>Judges a run.</summary>
    /// <param name="run">A run that starts before <paramref name="judgedFrom"/>, so that there are scores to begin with.</param>
    /// <param name="judgedFrom">The first minute whose bounds count.</param>
    /// <param name="level">Above 0, below 1.</param>
    public static ConformalBacktest Of(ForecastRun run, int judgedFrom, double level)
    {
        // One column a minute ahead, and the last for the maximum of all.
        const int columns = ForecastHorizon.Minutes + 1;
        var conformals = Make(columns, () => new RollingConformal([level]));
        var coverages = Make(columns, () => new CoverageTracker(int.MaxValue));
        var bounds = new double?[run.Origins.Count, columns];
        Span<double> forecast = stackalloc double[columns];
        Span<double> actual = stackalloc double[columns];
        var matured = 0;
        for (var i = 0; i < run.Origins.Count; i++)
        {
            for (; run.Origins[matured] + ForecastHorizon.Minutes <= run.Origins[i]; matured++)
            {
                Read(run, matured, forecast, actual);
                for (var column = 0; column < columns; column++)
                {
                    if (!double.IsNaN(actual[column]))
                    {
                        conformals[column].Add(run.Origins[matured], forecast[column], actual[column], bounds[matured, column]);
                    }
                }
            }

            Read(run, i, forecast, actual);
            for (var column = 0; column < columns; column++)
            {
                bounds[i, column] = conformals[column].UpperBound(forecast[column], level);
                if (run.Origins[i] >= judgedFrom && !double.IsNaN(actual[column]) && bounds[i, column] is { } bound)
                {
                    coverages[column].Add(run.Origins[i], bound, actual[column]);
                }
            }
        }

        return new ConformalBacktest
        {
            Level = level,
            CoverageOfMaximum = coverages[^1].Coverage,
            CoverageByMinuteAhead = [.. coverages.SkipLast(1).Select(coverage => coverage.Coverage)],
            Count = coverages[^1].Count,
        };
    }

    private static T[] Make<T>(int count, Func<T> make) => [.. Enumerable.Range(0, count).Select(_ => make())];

    private static void Read(ForecastRun run, int origin, Span<double> forecast, Span<double> actual)
    {
        run.ForecastOf(origin).CopyTo(forecast);
        run.ActualOf(origin).CopyTo(actual);
        forecast[^1] = run.PeakForecastOf(origin);
        actual[^1] = run.PeakActualOf(origin);
    }
}
