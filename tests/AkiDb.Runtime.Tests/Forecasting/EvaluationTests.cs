using AkiDb.Forecasting;
using AkiDb.Forecasting.Baselines;
using AkiDb.Forecasting.Evaluation;

namespace AkiDb.Runtime.Tests.Forecasting;

public sealed class EvaluationTests
{
    [Fact]
    public void Accuracy_KnownErrors_GivesTheFormulasFigures()
    {
        // 100 and 200 in turn: the last value is 100 off on odd minutes ahead, right on even ones.
        var series = SyntheticTraffic.From(200, minute => minute % 2 == 0 ? 100 : 200);
        var lastValue = WalkForward.Run(new LastValueForecaster(), series, 100, 200, everyMinutes: 1);
        var mean = WalkForward.Run(new Fixed(150), series, 100, 200, everyMinutes: 1);

        var naive = ForecastAccuracy.Of(lastValue, lastValue);
        var judged = ForecastAccuracy.Of(mean, lastValue);

        naive.ByMinuteAhead[0].MeanAbsoluteError.Should().Be(100);
        naive.ByMinuteAhead[1].MeanAbsoluteError.Should().Be(0);
        naive.Overall.Skill.Should().Be(0);
        judged.Overall.MeanAbsoluteError.Should().Be(50);
        judged.Overall.Skill.Should().BeApproximately(1 - (50 / (100 * 8 / 15.0)), 1e-9);
        judged.ByMinuteAhead[0].Skill.Should().BeApproximately(0.5, 1e-9);
        judged.ByMinuteAhead[0].MapePercent.Should().BeApproximately(37.5, 0.5, "50 of 100 and 50 of 200");
        judged.ByMinuteAhead[0].SmapePercent.Should().BeApproximately(100 * (2 * 50 / 250.0 + 2 * 50 / 350.0) / 2, 0.5);
        judged.ByMinuteAhead[0].RSquared.Should().BeApproximately(0, 0.01);
        judged.ByMinuteAhead[1].Skill.Should().Be(double.NaN, "the last value was right");
    }

    [Fact]
    public void Run_EveryForecast_SeesOnlyThePast()
    {
        var series = SyntheticTraffic.From(300, minute => minute);
        var recorder = new Recorder();

        var run = WalkForward.Run(recorder, series, 250, 300);

        recorder.LastSeen.Should().Equal(run.Origins.Select(origin => (double)origin));
        run.Origins[0].Should().Be(249);
        run.ActualOf(0).ToArray().Should().Equal(Enumerable.Range(250, 15).Select(minute => (double)minute));
        run.Origins[^1].Should().BeLessThan(300 - 15);
    }

    [Fact]
    public void Run_UnobservedMinutes_AreNeitherOriginsNorErrors()
    {
        var series = SyntheticTraffic.From(200, minute => minute % 10 == 0 ? double.NaN : 5);
        var run = WalkForward.Run(new LastValueForecaster(), series, 100, 200, everyMinutes: 1);

        run.Origins.Should().OnlyContain(origin => origin % 10 != 0);
        var figures = ForecastAccuracy.Of(run, run).Overall;
        figures.MeanAbsoluteError.Should().Be(0);
        figures.Count.Should().BeLessThan(run.Origins.Count * 15);
    }

    [Fact]
    public void Parts_AreSeventyFifteenFifteenInOrder()
    {
        var parts = SeriesParts.Of(SyntheticTraffic.Constant(1_000, 1));
        parts.Should().Be(new SeriesParts(700, 850, 1_000));
    }

    private sealed class Fixed(double value) : IForecaster
    {
        public string Name => "fixed";

        public int HistoryMinutes => 1;

        public void Forecast(ReadOnlySpan<double> history, DateTimeOffset lastMinute, Span<double> forecast) => forecast.Fill(value);
    }

    private sealed class Recorder : IForecaster
    {
        public List<double> LastSeen { get; } = [];

        public string Name => "recorder";

        public int HistoryMinutes => 3;

        public void Forecast(ReadOnlySpan<double> history, DateTimeOffset lastMinute, Span<double> forecast)
        {
            LastSeen.Add(history[^1]);
            forecast.Clear();
        }
    }
}
