using AkiDb.Forecasting.Baselines;
using AkiDb.Forecasting.Evaluation;
using AkiDb.Forecasting.Traffic;

namespace AkiDb.Forecasting.Serving;

/// <summary>
/// Chooses by skill on the validation part: the LSTM serves only where it beats every baseline, a blend only where it beats the
/// best single forecaster by enough to pay for running several.
/// </summary>
public static class ForecasterSelection
{
    /// <summary>Skill that a blend must add to the best single forecaster's.</summary>
    private const double BlendMargin = 0.002;

    /// <summary>Chooses.</summary>
    /// <param name="candidates">Fitted on the training part; the last value must be among them.</param>
    /// <param name="series">The whole series.</param>
    /// <param name="parts">Its parts; only the validation part decides.</param>
    /// <param name="cancellation">Ends the choice.</param>
    public static ModelChoice Choose(
        IReadOnlyList<IForecaster> candidates, TrafficSeries series, SeriesParts parts, CancellationToken cancellation = default)
    {
        var observed = OutageMask.Apply(series.Slice(0, parts.TestStart));
        var all = candidates.Select(candidate => WalkForward.Run(
            candidate, observed, parts.ValidationStart, parts.TestStart, cancellation: cancellation)).ToList();
        var lastValue = all.Single(run => run.Forecaster == LastValueForecaster.FixedName);
        // A forecaster that reads more than there is at the beginning cannot be compared.
        var runs = all.Where(run => run.Origins.Count == lastValue.Origins.Count && run.Origins.Count > 0).ToList();
        if (runs.Count == 0)
        {
            throw new InsufficientTrafficException(
                $"The validation part, minutes {parts.ValidationStart} to {parts.TestStart}, has no observed minute to forecast from.");
        }

        var errors = runs.ConvertAll(run => BlendSearch.MeanAbsoluteError([run], [10]));
        var reference = errors[runs.IndexOf(lastValue)];
        var best = errors.IndexOf(errors.Min());
        var (tenths, blendError) = BlendSearch.Find(runs, best);
        var blendSkill = Skill(blendError, reference);
        return new ModelChoice
        {
            Serving = blendSkill > Skill(errors[best], reference) + BlendMargin ? BlendForecaster.FixedName : runs[best].Forecaster,
            Reason = Reason(runs[best].Forecaster, Skill(errors[best], reference), blendSkill),
            BlendSkill = blendSkill,
            Candidates = [.. candidates.Select(candidate =>
            {
                var run = runs.FindIndex(one => one.Forecaster == candidate.Name);
                return run < 0
                    ? new ChoiceCandidate(candidate.Name, null, 0)
                    : new ChoiceCandidate(candidate.Name, Skill(errors[run], reference), tenths[run] / 10.0);
            })],
        };
    }

    /// <summary>The forecaster that a choice names.</summary>
    /// <exception cref="ArgumentException">A candidate that the choice names is not there.</exception>
    public static IForecaster Serving(ModelChoice choice, IReadOnlyList<IForecaster> candidates) =>
        choice.Serving == BlendForecaster.FixedName
            ? new BlendForecaster(choice.Candidates.Where(part => part.BlendWeight > 0).Select(part => (Find(candidates, part.Name), part.BlendWeight)))
            : Find(candidates, choice.Serving);

    private static string Reason(string best, double skill, double blendSkill)
    {
        var single = FormattableString.Invariant($"'{best}' has the best validation skill of a single forecaster, {skill:f3}");
        return blendSkill > skill + BlendMargin
            ? FormattableString.Invariant($"The blend has a validation skill of {blendSkill:f3}; {single}.")
            : FormattableString.Invariant($"{single}; a blend reaches {blendSkill:f3}, which is not enough more.");
    }

    // On traffic that never moves the last value is right: nobody can beat it, and it has a skill of 0 like everyone as good.
    private static double Skill(double error, double reference) => reference > 0 ? 1 - (error / reference) : error > 0 ? -1 : 0;

    private static IForecaster Find(IReadOnlyList<IForecaster> candidates, string name) =>
        candidates.FirstOrDefault(candidate => candidate.Name == name)
        ?? throw new ArgumentException($"The choice names '{name}'; there are {string.Join(", ", candidates.Select(candidate => candidate.Name))}.", nameof(candidates));
}
