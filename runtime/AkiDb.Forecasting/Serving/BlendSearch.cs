using AkiDb.Forecasting.Evaluation;

namespace AkiDb.Forecasting.Serving;

/// <summary>Finds the weighted mean of forecasters that errs least on a validation part.</summary>
internal static class BlendSearch
{
    // Tenths: finer weights fit the part's accidents, and a part that is worth less than a tenth is not worth running.
    private static readonly int[] StepsInTenths = [3, 1];

    /// <summary>Weights in tenths that sum to ten, by exchange from the best single forecaster until no exchange helps.</summary>
    /// <param name="runs">Runs over the same origins.</param>
    /// <param name="first">The forecaster to start from.</param>
    public static (int[] Tenths, double Error) Find(IReadOnlyList<ForecastRun> runs, int first)
    {
        var tenths = new int[runs.Count];
        tenths[first] = 10;
        var error = MeanAbsoluteError(runs, tenths);
        foreach (var step in StepsInTenths)
        {
            while (BestExchange(runs, tenths, step, error) is { } better)
            {
                (tenths, error) = better;
            }
        }

        return (tenths, error);
    }

    private static (int[] Tenths, double Error)? BestExchange(IReadOnlyList<ForecastRun> runs, int[] tenths, int step, double error)
    {
        (int[], double)? best = null;
        for (var from = 0; from < tenths.Length; from++)
        {
            for (var to = 0; to < tenths.Length; to++)
            {
                if (from == to || tenths[from] < step)
                {
                    continue;
                }

                var candidate = (int[])tenths.Clone();
                candidate[from] -= step;
                candidate[to] += step;
                var candidateError = MeanAbsoluteError(runs, candidate);
                if (candidateError < error)
                {
                    (best, error) = ((candidate, candidateError), candidateError);
                }
            }
        }

        return best;
    }

    internal static double MeanAbsoluteError(IReadOnlyList<ForecastRun> runs, int[] tenths)
    {
        var (sum, count) = (0.0, 0);
        Span<double> blended = stackalloc double[ForecastHorizon.Minutes];
        for (var origin = 0; origin < runs[0].Origins.Count; origin++)
        {
            blended.Clear();
            for (var i = 0; i < tenths.Length; i++)
            {
                if (tenths[i] > 0)
                {
                    Add(blended, runs[i].ForecastOf(origin), tenths[i] / 10.0);
                }
            }

            var actual = runs[0].ActualOf(origin);
            for (var step = 0; step < actual.Length; step++)
            {
                if (!double.IsNaN(actual[step]))
                {
                    sum += Math.Abs(blended[step] - actual[step]);
                    count++;
                }
            }
        }

        return sum / Math.Max(1, count);
    }

    private static void Add(Span<double> sum, ReadOnlySpan<double> values, double weight)
    {
        for (var i = 0; i < sum.Length; i++)
        {
            sum[i] += weight * values[i];
        }
    }
}
