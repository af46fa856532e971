using System.Globalization;
using AkiDb.Forecasting.Evaluation;
using AkiDb.Predictor.Training;

namespace AkiDb.Runtime.Tests.Predictor;

public sealed class AccuracyTableTests
{
    [Theory]
    [InlineData(0.25)]
    [InlineData(-123_456.789)]
    [InlineData(-1.7e308)]
    [InlineData(double.NaN)]
    [InlineData(double.NegativeInfinity)]
    public void Line_OfFiguresOfAnySize_HasASpaceBetweenThem(double value)
    {
        var figures = new ErrorFigures { Count = 1, MeanAbsoluteError = value, MapePercent = value, SmapePercent = value, RSquared = value, Skill = value };
        using var writer = new StringWriter(CultureInfo.InvariantCulture);

        AccuracyTable.WriteLine(writer, new ForecastAccuracy { Forecaster = "last-value", Overall = figures, ByMinuteAhead = [] });

        writer.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Should().HaveCount(6);
    }

    [Fact]
    public void Line_OfOrdinaryFigures_StandsUnderItsHeading()
    {
        var figures = new ErrorFigures { Count = 1, MeanAbsoluteError = 12.345, MapePercent = 3.14, SmapePercent = 2.71, RSquared = 0.9, Skill = 0.123 };
        using var writer = new StringWriter(CultureInfo.InvariantCulture);

        AccuracyTable.WriteHeading(writer);
        AccuracyTable.WriteLine(writer, new ForecastAccuracy { Forecaster = "ridge", Overall = figures, ByMinuteAhead = [] });

        writer.ToString().ReplaceLineEndings("\n").Should().Be(
            "  forecaster       skill         MAE  MAPE %  sMAPE %     R²\n"
            + "  ridge            0.123      12.345     3.1      2.7  0.900\n");
    }
}
