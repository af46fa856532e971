using AkiDb.Forecasting;
using AkiDb.Forecasting.Baselines;
using AkiDb.Forecasting.Calendars;
using AkiDb.Forecasting.Evaluation;
using AkiDb.Forecasting.Traffic;

namespace AkiDb.Runtime.Tests.Forecasting;

public sealed class BaselineTests
{
    private static readonly TrafficSeries Traffic = SyntheticTraffic.Daily(22);
    private static readonly SeriesParts Parts = SeriesParts.Of(Traffic);
    private static readonly IReadOnlyList<IForecaster> Fitted = BaselineSet.Fit(Parts.Training(Traffic), new HolidayCalendar());

    public static TheoryData<string> Names => [.. Fitted.Select(forecaster => forecaster.Name)];

    [Fact]
    public void LastValue_GapAtTheEnd_IsTheLatestObserved() =>
        Forecast(new LastValueForecaster(), [.. new double[12], 7, double.NaN, double.NaN]).Should().OnlyContain(value => value == 7);

    [Fact]
    public void RecentMean_Gaps_AreNotCounted() =>
        Forecast(new RecentMeanForecaster(), [.. Enumerable.Repeat(double.NaN, 13), 4, 8]).Should().OnlyContain(value => value == 6);

    [Fact]
    public void DayShape_YesterdayTwiceAsMuch_IsYesterdaysShapeAtTodaysLevel()
    {
        var history = SyntheticTraffic.From(3_000, minute => (minute < 1440 ? 2_000 : 1_000) + (minute % 1440));

        var forecast = Forecast(SeasonalShapeForecaster.Day, history.Values[..2_000].ToArray());

        // Yesterday rose from 2,552 (mean of the last 15) to 2,574 in 15 minutes.
        forecast[14].Should().BeApproximately(1_552.0 / 2_552 * 2_574, 0.01);
    }

    [Fact]
    public void DayShape_OutageYesterday_IsTheLevelBeforeDuringAndAfterIt()
    {
        const int first = 700;
        var history = SyntheticTraffic.From(3_000, minute => minute is >= first and < first + 20 ? 0 : 1_000);

        for (var minute = first - 40; minute < first + 60; minute++)
        {
            Forecast(SeasonalShapeForecaster.Day, history.Values[..(minute + 1_440)].ToArray())
                .Should().OnlyContain(value => value > 500 && value < 1_500, $"it is {minute - first} minutes after the outage's begin, a day later");
        }
    }

    [Fact]
    public void DampedTrend_Ramp_GoesOn()
    {
        var ramp = SyntheticTraffic.From(2_000, minute => 100 + minute);
        var fitted = DampedTrendForecaster.Fit(ramp);

        Forecast(fitted, ramp.Values[..1_000].ToArray())[14].Should().BeInRange(1_106, 1_115);
    }

    [Fact]
    public void Ridge_DailyTraffic_BeatsEveryOtherBaseline()
    {
        var skills = Fitted.ToDictionary(forecaster => forecaster.Name, Skill);

        skills["last-value"].Should().Be(0);
        skills["ridge"].Should().BeGreaterThan(0.2).And.Be(skills.Values.Max());
    }

    [Fact]
    public void Ridge_InputUnlikeTheTrainingPart_StaysWithinTheLargestChangeSeen()
    {
        var ridge = Fitted.Single(forecaster => forecaster.Name == "ridge");
        var history = Traffic.Values[..ridge.HistoryMinutes].ToArray();
        for (var i = 1; i <= 5; i++)
        {
            history[^i] = 1e9;
        }

        var forecast = Forecast(ridge, history);

        forecast.Should().OnlyContain(value => double.IsFinite(value) && value < 4e9);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Forecast_OtherUnits_ScalesAlike(string name)
    {
        var scaled = Traffic.Scaled(0.01);
        var one = Fitted.Single(forecaster => forecaster.Name == name);
        var other = BaselineSet.Fit(Parts.Training(scaled), new HolidayCalendar()).Single(forecaster => forecaster.Name == name);

        var forecast = Forecast(one, Traffic.Values[..20_000].ToArray());
        var forecastOfScaled = Forecast(other, scaled.Values[..20_000].ToArray());

        forecastOfScaled.Zip(forecast).Should().OnlyContain(pair => Math.Abs((pair.First * 100) - pair.Second) < 1e-6 * pair.Second);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Forecast_ZerosAndGaps_IsFiniteAndNotNegative(string name)
    {
        var forecaster = Fitted.Single(candidate => candidate.Name == name);
        var history = Traffic.Values[^forecaster.HistoryMinutes..].ToArray();
        for (var i = 0; i < history.Length; i++)
        {
            history[i] = i % 3 == 0 ? double.NaN : i % 5 == 0 ? 0 : history[i];
        }

        Forecast(forecaster, history).Should().OnlyContain(value => double.IsFinite(value) && value >= 0);
        Forecast(forecaster, new double[history.Length]).Should().OnlyContain(value => value < 20, "no traffic is forecast to go on");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Forecast_BadArguments_NamesTheForecasterAndWhatItWants(string name)
    {
        var forecaster = Fitted.Single(candidate => candidate.Name == name);
        var minutes = forecaster.HistoryMinutes;

        Refusal(new double[minutes - 1], 15).Should().Contain(name).And.Contain($"{minutes}").And.Contain($"{minutes - 1}");
        Refusal(new double[minutes], 16).Should().Contain("15").And.Contain("16");
        Refusal([.. Enumerable.Repeat(double.NaN, minutes)], 15).Should().Contain(name).And.Contain("no observed minute");

        string Refusal(double[] history, int length) =>
            FluentActions.Invoking(() => forecaster.Forecast(history, SyntheticTraffic.Start, new double[length]))
                .Should().Throw<ArgumentException>().Which.Message;
    }

    [Fact]
    public void Fit_TooShort_SaysHowMuchIsNeeded()
    {
        var part = Traffic.Slice(0, 200);

        FluentActions.Invoking(() => DampedTrendForecaster.Fit(part)).Should().Throw<InsufficientTrafficException>().WithMessage("*255*200*");
        FluentActions.Invoking(() => RidgeForecaster.Fit(part, new HolidayCalendar())).Should().Throw<InsufficientTrafficException>().WithMessage("*240*");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(25)]
    public void Fit_ConstantTraffic_ForecastsTheConstant(double value)
    {
        var constant = SyntheticTraffic.Constant(15_000, value);
        foreach (var forecaster in BaselineSet.Fit(constant, new HolidayCalendar()))
        {
            Forecast(forecaster, constant.Values.ToArray()).Should().OnlyContain(forecast => Math.Abs(forecast - value) < 1e-6);
        }
    }

    private static double Skill(IForecaster forecaster) => ForecastAccuracy.Of(
        WalkForward.Run(forecaster, Traffic, Parts.TestStart, Parts.End),
        WalkForward.Run(new LastValueForecaster(), Traffic, Parts.TestStart, Parts.End)).Overall.Skill;

    private static double[] Forecast(IForecaster forecaster, double[] history)
    {
        var forecast = new double[ForecastHorizon.Minutes];
        forecaster.Forecast(history, SyntheticTraffic.Start.AddMinutes(history.Length - 1), forecast);
        return forecast;
    }
}
