using System.Globalization;
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
        writer.WriteLine(
            $"  {accuracy.Forecaster,-14}{Cell(all.Skill, "f3", 8)}{Cell(all.MeanAbsoluteError, "g5", 12)}{Cell(all.MapePercent, "f1", 8)}{Cell(all.SmapePercent, "f1", 9)}{Cell(all.RSquared, "f3", 7)}");
    }

    // A huge number is told roughly, and never without a space before it.
    private static string Cell(double value, string format, int width)
    {
        var text = value.ToString(format, CultureInfo.InvariantCulture);
        return $" {(text.Length < width ? text : value.ToString("0e+0", CultureInfo.InvariantCulture)).PadLeft(width - 1)}";
    }
}
