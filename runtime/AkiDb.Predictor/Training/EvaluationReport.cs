using System.Globalization;
using AkiDb.Forecasting.Intervals;

namespace AkiDb.Predictor.Training;

/// <summary>Evaluations as a person reads them: a table a trace, and one line a trace at the end.</summary>
internal static class EvaluationReport
{
    private const string Served = "served";

    public static void WriteSummary(TextWriter writer, IReadOnlyList<Evaluation> evaluations)
    {
        writer.WriteLine($"{"median of the seeds",-20}{Served,12}{"best baseline",16}{"lstm",8}{Invariant($"{RollingConformal.DefaultLevel:p0} held for"),15}{"trained in",12}");
        foreach (var evaluation in evaluations)
        {
            var baseline = evaluation.Runs[0].Accuracy
                .Where(accuracy => accuracy.Forecaster is not ("lstm" or "blend")).MaxBy(accuracy => accuracy.Overall.Skill)!;
            writer.WriteLine(Invariant(
                $"{evaluation.Trace,-20}{ServedSkill(evaluation),12:f3}{Invariant($"{baseline.Forecaster} {baseline.Overall.Skill:f3}"),16}")
                + Invariant($"{Median(evaluation, run => run.Of("lstm").Overall.Skill),8:f3}{Median(evaluation, run => run.Coverage.CoverageOfMaximum),15:p1}")
                + (evaluation.Runs[0].TrainingSeconds is null ? "" : Invariant($"{Median(evaluation, run => run.TrainingSeconds!.Value),10:f1} s")));
        }

        writer.WriteLine(Invariant($"{"mean",-20}{evaluations.Average(ServedSkill),12:f3}"));
    }

    public static void WriteTrace(TextWriter writer, Evaluation evaluation)
    {
        writer.WriteLine($"{evaluation.Trace}, {evaluation.Minutes} minutes");
        AccuracyTable.WriteHeading(writer);
        foreach (var run in evaluation.Runs)
        {
            // The baselines are the same for every seed.
            foreach (var accuracy in run.Accuracy.Where(accuracy => run == evaluation.Runs[0] || accuracy.Forecaster is "lstm" or "blend"))
            {
                AccuracyTable.WriteLine(writer, accuracy);
            }

            writer.WriteLine($"  {(run.Seed is { } seed ? $"seed {seed}: " : "")}'{run.Choice.Serving}' serves. {run.Choice.Reason}");
        }

        writer.WriteLine();
    }

    private static double ServedSkill(Evaluation evaluation) => Median(evaluation, run => run.Of(run.Choice.Serving).Overall.Skill);

    private static double Median(Evaluation evaluation, Func<EvaluationRun, double> figure)
    {
        var sorted = evaluation.Runs.Select(figure).Order().ToList();
        return (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
