using AkiDb.Contracts;
using AkiDb.Forecasting;

namespace AkiDb.Predictor.Replay;

/// <summary>
/// What the horizontal pod autoscaler pays for how few minutes above target, by its own setting: the curve that a predictor must
/// lie below. Between two settings replica-hours are interpolated over log(1 + minutes), on which the curve is nearly straight.
/// </summary>
internal sealed class ReactiveCurve
{
    private const int Resamples = 1_000;
    private const double Tail = 0.05;

    private readonly int[][] _above;
    private readonly double[][] _hours;

    /// <param name="runs">Runs of the autoscaler at its settings, on one trace.</param>
    /// <param name="trace">The trace.</param>
    /// <param name="rule">What a replica serves.</param>
    public ReactiveCurve(IReadOnlyList<PolicyRun> runs, ReplayTrace trace, ReplicaRule rule)
    {
        var days = runs.Select(run => ByDay(run, trace, rule)).ToList();
        _above = [.. days.Select(run => run.Above)];
        _hours = [.. days.Select(run => run.Hours)];
    }

    /// <summary>Compares a run with the curve at the run's own minutes above target.</summary>
    /// <param name="run">Another run on the same trace.</param>
    /// <param name="trace">The trace.</param>
    /// <param name="rule">What a replica serves.</param>
    /// <param name="seed">Seed of the bootstrap, which draws whole days: minutes of one day are no independent samples.</param>
    public EqualViolations Compare(PolicyRun run, ReplayTrace trace, ReplicaRule rule, int seed)
    {
        var (above, hours) = ByDay(run, trace, rule);
        var all = Enumerable.Range(0, hours.Length).ToArray();
        var (saved, place) = Saved(above, hours, all);
        var random = new Random(seed);
        var drawn = Enumerable.Range(0, Resamples)
            .Select(_ => Saved(above, hours, [.. all.Select(_ => random.Next(all.Length))]).Share).Order().ToArray();
        return new EqualViolations(saved, drawn[(int)(Tail * Resamples)], drawn[(int)((1 - Tail) * Resamples) - 1], place);
    }

    private (double Share, CurvePlace Place) Saved(int[] above, double[] hours, int[] days)
    {
        var points = _above.Zip(_hours, (minutes, paid) => (Above: days.Sum(day => minutes[day]), Hours: days.Sum(day => paid[day])))
            .OrderByDescending(point => point.Above).ToList();
        var (mine, paid) = (days.Sum(day => above[day]), days.Sum(day => hours[day]));
        var reactive = Interpolated(points, mine);
        var place = mine < points[^1].Above ? CurvePlace.Fewer : mine > points[0].Above ? CurvePlace.More : CurvePlace.Within;
        return ((reactive - paid) / reactive, place);
    }

    private static double Interpolated(List<(int Above, double Hours)> points, int above)
    {
        // Beyond either end the nearest setting stands: it has more minutes above target for its price, or pays as little as any.
        if (above >= points[0].Above)
        {
            return points[0].Hours;
        }

        for (var i = 1; i < points.Count; i++)
        {
            if (above >= points[i].Above)
            {
                var (worse, better) = (points[i - 1], points[i]);
                var share = (Math.Log(1 + worse.Above) - Math.Log(1 + above)) / (Math.Log(1 + worse.Above) - Math.Log(1 + better.Above));
                return worse.Hours + (share * (better.Hours - worse.Hours));
            }
        }

        return points[^1].Hours;
    }

    private static (int[] Above, double[] Hours) ByDay(PolicyRun run, ReplayTrace trace, ReplicaRule rule)
    {
        var days = (trace.JudgedMinutes + Minutes.PerDay - 1) / Minutes.PerDay;
        var (above, hours) = (new int[days], new double[days]);
        for (var i = 0; i < trace.JudgedMinutes; i++)
        {
            var limit = run.Ready[i] * rule.RequestsPerSecondPerReplica * rule.TargetUtilisation;
            above[i / Minutes.PerDay] += trace.Qps[trace.From + i] > limit ? 1 : 0;
            hours[i / Minutes.PerDay] += run.Replicas[i] / (double)Minutes.PerHour;
        }

        return (above, hours);
    }
}
