using AkiDb.Forecasting.Evaluation;

namespace AkiDb.Predictor.Training;

/// <summary>Accuracy of forecasters as a person reads it.</summary>
internal static class AccuracyTable
{
    /// <summary>Writes a heading.</summary>
    public static void WriteHeading(TextWriter writer) =>
        writer.WriteLine($"  {"forecaster",-14}{"skill",8}{"MAE",12}{"MAPE %",8}{"sMAPE %",9}{"R²",7}");

    /// <summary>Writes a forecaster's line.</summary>
    public static void WriteLine(TextWriter writer, ForecastAccuracy accuracy)
    {
        var all = accuracy.Overall;
        writer.WriteLine(FormattableString.Invariant(
            $"  {accuracy.Forecaster,-14}{all.Skill,8:f3}{all.MeanAbsoluteError,12:g5}{all.MapePercent,8:f1}{all.SmapePercent,9:f1}{all.RSquared,7:f3}"));
    }
}
