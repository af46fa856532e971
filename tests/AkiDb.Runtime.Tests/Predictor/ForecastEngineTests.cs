using AkiDb.Forecasting;
using AkiDb.Predictor.Forecasts;

namespace AkiDb.Runtime.Tests.Predictor;

public sealed class ForecastEngineTests
{
    private static readonly DateTimeOffset Monday = new(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);

    // Small windows, so that a test needs hours of traffic and not days.
    private static readonly EngineSettings Settings = new()
    {
        JudgedMinutes = 600,
        FewestJudged = 120,
        HistoryMinutes = 2_000,
        DriftMinutes = 60,
    };

    [Fact]
    public void Engine_BeforeEnoughWasJudged_RefusesItsForecasts()
    {
        var engine = Fed(100, new Ahead("seer", 0));

        engine.Current!.Refusal.Should().Be("85 of the first 120 forecasts have been judged");
        ForecastDocument.Of(engine.Current).ToPeak().Should().BeNull();
    }

    [Fact]
    public void Engine_AForecasterThatSeesTheWave_ServesWithBoundsThatHold()
    {
        var engine = Fed(700, new Ahead("seer", 0.02), new Ahead("blind", 2));

        var state = engine.Current!;
        state.Choice.Forecaster.Should().Be("seer");
        state.Choice.IsUseful.Should().BeTrue();
        state.Refusal.Should().BeNull();
        state.Coverage.Should().BeGreaterThan(0.85);
        var peak = ForecastDocument.Of(state).ToPeak()!;
        peak.UpperBounds.Should().BeInAscendingOrder();
        var greatest = Enumerable.Range(700, 15).Max(minute => Wave(minute));
        peak.UpperBounds[^1].Should().BeInRange(greatest * 0.97, greatest * 1.1);
    }

    [Fact]
    public void Engine_NobodyBeatsTheLastValue_SaysSoAndIsNotToBeFollowed()
    {
        var engine = Fed(700, new Ahead("blind", 2));

        engine.Current!.Choice.IsUseful.Should().BeFalse();
        engine.Current.Refusal.Should().Be("no forecaster beats the last value");
        ForecastDocument.Of(engine.Current).ToPeak()!.Refusal.Should().NotBeNull("an autoscaler must see it too");
    }

    [Fact]
    public void Engine_TheBestTurnsBad_AnotherServesFromTheNextDayOn()
    {
        var seer = new Ahead("seer", 0.01);
        var engine = Fed(700, seer, new Ahead("second", 0.05));
        seer.Bias = 1.5;

        Feed(engine, 700, 791);
        engine.Current!.Choice.Forecaster.Should().Be("seer", "the choice is made once a day");
        engine.Current.IsDrifting.Should().BeTrue();
        Feed(engine, 791, 1_445);

        engine.Current!.Choice.Forecaster.Should().Be("second");
    }

    [Fact]
    public void Choose_ABetterForecasterWithAShortRecord_WaitsUntilItWasJudgedLongEnough()
    {
        var engine = Fed(700, new Ahead("veteran", 0.05));
        engine.Admit([new Ahead("newcomer", 0)]);

        Feed(engine, 700, 800);
        engine.Choose();
        Feed(engine, 800, 801);
        engine.Current!.Choice.Forecaster.Should().Be("veteran", "85 of 120 forecasts have been judged");
        Feed(engine, 801, 840);
        engine.Choose();
        Feed(engine, 840, 841);

        engine.Current!.Choice.Forecaster.Should().Be("newcomer");
    }

    [Fact]
    public void Engine_TrafficThatNeverMoves_SaysThatNobodyBeatsTheLastValue()
    {
        var engine = new ForecastEngine(Settings, [new Ahead("seer", 0.02)]);
        for (var minute = 0; minute < 700; minute++)
        {
            engine.Observe(Monday.AddMinutes(minute), 100);
        }

        engine.Current!.Choice.Forecaster.Should().BeNull();
        engine.Current.Refusal.Should().Be("no forecaster beats the last value");
    }

    [Theory]
    [InlineData(100, "The last value makes no error that a forecaster could beat.")]
    [InlineData(0, "The last value makes no error that a forecaster could beat.")]
    [InlineData(1e308, "The errors are too large to be compared.")]
    public void Engine_TrafficOnWhichNobodyCanBeCompared_IsChosenFromOnceADayAndSaysWhy(double queriesPerSecond, string why)
    {
        var engine = new ForecastEngine(Settings, [new Ahead("seer", 0.02)]);
        var choices = new HashSet<ForecasterChoice>(ReferenceEqualityComparer.Instance);
        for (var minute = 0; minute < 1_600; minute++)
        {
            // Only a huge wave makes errors; their sum is infinite.
            engine.Observe(Monday.AddMinutes(minute), queriesPerSecond > 1e300 && minute % 2 == 0 ? 0 : queriesPerSecond);
            choices.Add(engine.Current!.Choice);
        }

        engine.Current!.Choice.Why.Should().Be(why);
        choices.Should().HaveCount(3, "none at first, one when enough was judged, one on the next day");
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.NegativeInfinity)]
    public void Engine_AForecasterGivesNoNumber_ItHasNoForecastAndTheRefusalSaysWhy(double value)
    {
        var seer = new Ahead("seer", 0.01);
        var engine = Fed(700, seer);
        seer.Always = value;

        Feed(engine, 700, 701);

        engine.Current!.Forecast.Should().BeNull();
        engine.Current.Refusal.Should().Be("seer forecast a value that is negative or not a number");
    }

    [Fact]
    public void Engine_AForecasterThrows_TheOthersGoOn()
    {
        var seer = new Ahead("seer", 0.01);
        var engine = Fed(700, seer, new Ahead("second", 0.05));
        seer.Throws = true;

        Feed(engine, 700, 701);

        engine.Current!.Refusal.Should().Be("seer failed: out of order");
        engine.Accuracies().Single(accuracy => accuracy.Forecaster == "second").Overall.Count.Should().BePositive();
    }

    [Fact]
    public void Engine_TrafficUnobservedForFiveMinutes_ItsForecastIsRefused()
    {
        var engine = Fed(700, new Ahead("seer", 0.01));

        for (var minute = 700; minute < 704; minute++)
        {
            engine.Observe(Monday.AddMinutes(minute), double.NaN);
        }

        engine.Current!.Refusal.Should().BeNull();
        engine.Observe(Monday.AddMinutes(704), double.NaN);
        engine.Current.Refusal.Should().Be("traffic was not observed for 5 minutes");
    }

    [Fact]
    public void Engine_AMinuteFromThePast_IsIgnored()
    {
        var engine = Fed(700, new Ahead("seer", 0.01));
        var before = engine.Current;

        engine.Observe(Monday.AddMinutes(100), 1e9);

        engine.Current.Should().BeSameAs(before);
    }

    [Fact]
    public void Audition_ABetterModel_TakesTheNameAndBringsItsRecord()
    {
        var engine = Fed(1_000, new Ahead("model", 0.2));

        engine.Audition(new Ahead("model", 0.01)).Should().BeNull();
        engine.Choose();

        engine.Accuracies().Single(accuracy => accuracy.Forecaster == "model").Overall.Skill.Should().BeGreaterThan(0.5);
    }

    [Fact]
    public void Audition_AWorseModel_IsRefusedAndTheOldOneStays()
    {
        var engine = Fed(1_000, new Ahead("model", 0.01));

        engine.Audition(new Ahead("model", 0.2)).Should().StartWith("its relative error on the last days is ");

        Feed(engine, 1_000, 1_001);
        engine.Current!.Forecast!.Minutes[0].Qps.Should().BeApproximately(Wave(1_001), Wave(1_001) * 0.02);
    }

    [Fact]
    public void Audition_ANewNameWithTooLittleHistory_IsAdmittedAndServesOnceItWasJudgedLongEnough()
    {
        var engine = Fed(700, new Ahead("veteran", 0.05));

        engine.Audition(new Ahead("model", 0) { HistoryMinutes = 680 }).Should().BeNull();
        engine.Choose();
        Feed(engine, 700, 701);
        engine.Current!.Choice.Forecaster.Should().Be("veteran");
        Feed(engine, 701, 850);
        engine.Choose();
        Feed(engine, 850, 851);

        engine.Current!.Choice.Forecaster.Should().Be("model");
    }

    [Fact]
    public void Audition_AModelWithTooLittleHistory_DoesNotDisplaceTheOneInUse()
    {
        var engine = Fed(700, new Ahead("model", 0.05));

        engine.Audition(new Ahead("model", 0) { HistoryMinutes = 680 }).Should().Be("model could only be judged on 6 forecasts of the last days");
    }

    [Fact]
    public void Audition_AModelThatFails_IsRefusedWithItsReason()
    {
        var engine = Fed(1_000, new Ahead("model", 0.01));

        engine.Audition(new Ahead("model", 0) { Throws = true }).Should().Be("model failed: out of order");
        engine.Audition(new Ahead("model", 0) { Always = double.NaN }).Should().Contain("not a number");
    }

    [Fact]
    public void History_BeyondItsCapacity_KeepsTheNewestInOnePiece()
    {
        var history = new TrafficHistory(5);
        for (var minute = 0; minute < 23; minute++)
        {
            history.Add(minute, minute);
        }

        history.Values.ToArray().Should().Equal(18, 19, 20, 21, 22);
        history.Add(25, 25).Should().BeTrue();
        history.Values.ToArray().Should().Equal(21, 22, double.NaN, double.NaN, 25);
        history.Add(25, 1).Should().BeFalse();
        history.Add(1_000, -3).Should().BeTrue();
        history.Values.ToArray().Should().Equal([double.NaN], "a negative measurement is none, and a long gap leaves nothing");
    }

    private static ForecastEngine Fed(int minutes, params IForecaster[] forecasters)
    {
        var engine = new ForecastEngine(Settings, forecasters);
        Feed(engine, 0, minutes);
        return engine;
    }

    private static void Feed(ForecastEngine engine, int from, int to)
    {
        for (var minute = from; minute < to; minute++)
        {
            engine.Observe(Monday.AddMinutes(minute), Wave(minute));
        }
    }

    // Two hours a wave: fast enough that the last value is a poor forecast.
    private static double Wave(int minute) => 1_000 + (500 * Math.Sin(2 * Math.PI * minute / 120));

    /// <summary>Knows the wave, and errs by a share that is given.</summary>
    private sealed class Ahead(string name, double bias) : IForecaster
    {
        public string Name => name;

        public int HistoryMinutes { get; init; } = 1;

        public double Bias { get; set; } = bias;

        public double? Always { get; set; }

        public bool Throws { get; set; }

        public void Forecast(ReadOnlySpan<double> history, DateTimeOffset lastMinute, Span<double> forecast)
        {
            if (Throws)
            {
                throw new InvalidOperationException("out of order");
            }

            var last = (int)(lastMinute - Monday).TotalMinutes;
            for (var i = 0; i < forecast.Length; i++)
            {
                // Above and below in turn: an error that no bound could learn away.
                forecast[i] = Always ?? Math.Max(0, Wave(last + 1 + i) * (1 + (last % 2 == 0 ? Bias : -Bias)));
            }
        }
    }
}
