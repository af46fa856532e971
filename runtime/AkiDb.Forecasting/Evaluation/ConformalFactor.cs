using AkiDb.Forecasting.Intervals;

namespace AkiDb.Forecasting.Evaluation;

/// <summary>What the greatest of the next 15 minutes' forecasts is multiplied by for a bound that holds with a probability: a line of a
/// model's conformal table. A service that has scores of its own bounds by these instead.</summary>
/// <param name="Level">The probability, 0 to 1.</param>
/// <param name="Factor">Above 0; for loads well above one request a minute.</param>
public sealed record ConformalFactor(double Level, double Factor)
{
    private static readonly double[] Levels = [0.5, 0.8, 0.85, 0.9, 0.95, 0.99];

    /// <summary>The table of a run's last three days; levels that they are too few for are left out.</summary>
    public static IReadOnlyList<ConformalFactor> TableOf(ForecastRun run)
    {
        var conformal = new RollingConformal(Levels, adaptationRate: 0);
        for (var i = 0; i < run.Origins.Count; i++)
        {
            if (!double.IsNaN(run.PeakActualOf(i)))
            {
                conformal.Add(run.Origins[i], run.PeakForecastOf(i), run.PeakActualOf(i));
            }
        }

        return [.. from level in Levels let factor = conformal.UpperFactor(level) where factor is not null select new ConformalFactor(level, factor.Value)];
    }
}
