using AkiDb.Forecasting.Baselines;
using AkiDb.Forecasting.Calendars;
using AkiDb.Forecasting.Evaluation;
using AkiDb.Forecasting.Simd;
using AkiDb.Forecasting.Traffic;
using AkiDb.Forecasting.Training;

namespace AkiDb.Runtime.Tests.Forecasting;

public sealed class TrainerTests : IDisposable
{
    /// <summary>Small and quick: what the tests ask for does not depend on size.</summary>
    private static readonly TrainingOptions Small = new() { LstmUnits = [16], BatchSize = 32, MostEpochs = 4, WindowStride = 4, Threads = 1 };
    private static readonly TrafficSeries Traffic = SyntheticTraffic.Daily(5);
    private static readonly SeriesParts Parts = SeriesParts.Of(Traffic);
    private readonly string _folder = Directory.CreateTempSubdirectory("akidb-training-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Run_DailyTraffic_BeatsTheLastValueOnMinutesItNeverSaw()
    {
        using var trainer = new LstmTrainer(Traffic, Parts, Small with { MostEpochs = 12, WindowStride = 2 }, new HolidayCalendar());
        var forecaster = new LstmForecaster(trainer.Run());

        var lastValue = WalkForward.Run(new LastValueForecaster(), Traffic, Parts.TestStart, Parts.End);
        var accuracy = ForecastAccuracy.Of(WalkForward.Run(forecaster, Traffic, Parts.TestStart, Parts.End), lastValue);

        accuracy.Overall.Skill.Should().BeGreaterThan(0.15);
    }

    [Fact]
    public void Run_SameSeed_GivesTheSameBitsWithOneThreadOrTwo()
    {
        var one = Train(Small with { MostEpochs = 2, Threads = 1, Dropout = 0.2, LstmUnits = [16, 8], DenseUnits = 4 });
        var two = Train(Small with { MostEpochs = 2, Threads = 2, Dropout = 0.2, LstmUnits = [16, 8], DenseUnits = 4 });
        var other = Train(Small with { MostEpochs = 2, Threads = 1, Dropout = 0.2, LstmUnits = [16, 8], DenseUnits = 4, Seed = 2 });

        two.Should().Equal(one);
        other.Should().NotEqual(one);
    }

    [Theory]
    [MemberData(nameof(NetworkTests.Lanes), MemberType = typeof(NetworkTests))]
    public void Run_EveryRegisterWidth_LearnsAlike(FloatLanes lanes)
    {
        using var trainer = new LstmTrainer(Traffic, Parts, Small with { MostEpochs = 3, Lanes = lanes }, new HolidayCalendar());

        trainer.Run().Members[0].ValidationSkill.Should().BeGreaterThan(0.05);
    }

    [Fact]
    public void Run_MostWindowsReadAfterTwoEpochs_Ends()
    {
        using var unbounded = new LstmTrainer(Traffic, Parts, Small with { MostEpochs = 50 }, new HolidayCalendar());
        var options = Small with { MostEpochs = 50, MostWindows = (3 * unbounded.WindowsPerEpoch) - 1 };
        using var trainer = new LstmTrainer(Traffic, Parts, options, new HolidayCalendar());
        using var tiny = new LstmTrainer(Traffic, Parts, Small with { MostWindows = 1 }, new HolidayCalendar());

        trainer.Run();

        trainer.State.Epoch.Should().Be(2);
        tiny.MostEpochs.Should().Be(1, "the first epoch is always whole");
    }

    [Fact]
    public void Restore_AfterTwoEpochsOfFour_GivesTheBitsOfFour()
    {
        var options = Small with { MostEpochs = 4, Dropout = 0.1 };
        var path = Path.Combine(_folder, "seed-1.checkpoint");
        using (var interrupted = new LstmTrainer(Traffic, Parts, options, new HolidayCalendar()))
        {
            interrupted.RunEpoch();
            interrupted.RunEpoch();
            TrainingCheckpoint.Save(interrupted, path);
        }

        using var resumed = new LstmTrainer(Traffic, Parts, options, new HolidayCalendar());
        TrainingCheckpoint.Restore(resumed, path);

        resumed.Run().Members[0].Parameters.Should().Equal(Train(options));
    }

    [Fact]
    public void Restore_DamagedOrOfAnotherTraining_SaysSo()
    {
        var path = Path.Combine(_folder, "one.checkpoint");
        using var trainer = new LstmTrainer(Traffic, Parts, Small, new HolidayCalendar());
        TrainingCheckpoint.Save(trainer, path);

        using var otherOptions = new LstmTrainer(Traffic, Parts, Small with { Seed = 9 }, new HolidayCalendar());
        FluentActions.Invoking(() => TrainingCheckpoint.Restore(otherOptions, path)).Should().Throw<InvalidDataException>().WithMessage("*other options*");
        using var otherData = new LstmTrainer(Traffic.Scaled(2), Parts, Small, new HolidayCalendar());
        FluentActions.Invoking(() => TrainingCheckpoint.Restore(otherData, path)).Should().Throw<InvalidDataException>().WithMessage("*other data*");
        var bytes = File.ReadAllBytes(path);
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(path, bytes);
        FluentActions.Invoking(() => TrainingCheckpoint.Restore(trainer, path)).Should().Throw<InvalidDataException>().WithMessage("*damaged*");
    }

    [Fact]
    public void Trainer_OtherValidationAndTestParts_LeaveScalerAndFirstWeightsAsTheyWere()
    {
        // What comes after the training part is ten times as much and upside down: nothing fitted may notice.
        var changed = SyntheticTraffic.From(Traffic.Count, minute => minute < Parts.ValidationStart ? Traffic[minute] : 1e5 / Traffic[minute]);

        using var one = new LstmTrainer(Traffic, Parts, Small, new HolidayCalendar());
        using var other = new LstmTrainer(changed, Parts, Small, new HolidayCalendar());
        one.RunEpoch();
        other.RunEpoch();

        other.Model.Scaler.Should().BeEquivalentTo(one.Model.Scaler);
        other.State.Parameters.Span.ToArray().Should().Equal(one.State.Parameters.Span.ToArray(), "an epoch learns from the training part alone");
        RidgeForecaster.Fit(Parts.Training(changed), new HolidayCalendar()).Parameters.Coefficients.Should()
            .Equal(RidgeForecaster.Fit(Parts.Training(Traffic), new HolidayCalendar()).Parameters.Coefficients);
    }

    [Fact]
    public void Trainer_OtherTestPart_GivesTheSameModel()
    {
        var changed = SyntheticTraffic.From(Traffic.Count, minute => minute < Parts.TestStart ? Traffic[minute] : 7);
        using var trainer = new LstmTrainer(changed, Parts, Small, new HolidayCalendar());

        trainer.Run().Members[0].Parameters.Should().Equal(Train(Small));
    }

    [Fact]
    public void Trainer_GapsAndOutages_AreNotLearnt()
    {
        var broken = SyntheticTraffic.From(Traffic.Count, minute => minute switch
        {
            >= 1_000 and < 1_100 => double.NaN,
            >= 2_000 and < 2_060 => 0,
            _ => Traffic[minute],
        });
        var masked = OutageMask.Apply(broken);
        var windows = new TrainingWindows(masked, ModelScaler.Fit(masked, new CalendarFeatures(new HolidayCalendar())), new CalendarFeatures(new HolidayCalendar()));

        var usable = windows.Usable(0, broken.Count);

        // No window wants an unobserved minute, none ends with one, none is filled in for more than a quarter.
        usable.Should().OnlyContain(minute => Enumerable.Range(minute, 16).All(at => !double.IsNaN(masked[at]))
            && Enumerable.Range(minute - 59, 60).Count(at => double.IsNaN(masked[at])) <= 15);
        usable.Should().NotContain(Enumerable.Range(2_000 - 15, 60 + 15)).And.Contain(2_200);
        using var trainer = new LstmTrainer(broken, Parts, Small with { MostEpochs = 1 }, new HolidayCalendar());
        trainer.Run().Scaler.OutputScale.Should().BeApproximately(
            ModelScaler.Fit(Parts.Training(Traffic), new CalendarFeatures(new HolidayCalendar())).OutputScale, 0.01);
    }

    [Fact]
    public void Scaler_FeatureSeenLessThanTwice_IsSwitchedOff()
    {
        // Monday to Saturday: one weekend begins. The calendar knows no holiday.
        var scaler = ModelScaler.Fit(SyntheticTraffic.Daily(6), new CalendarFeatures(new HolidayCalendar()));
        var weeks = ModelScaler.Fit(SyntheticTraffic.Daily(15), new CalendarFeatures(new HolidayCalendar()));

        Factor(scaler, "weekend").Should().Be(0);
        Factor(scaler, "holiday").Should().Be(0);
        Factor(scaler, "time_of_day_sin").Should().BeApproximately(1 / MathF.Sqrt(0.5f), 1e-3f);
        Factor(weeks, "weekend").Should().BeGreaterThan(1);

        static float Factor(ModelScaler scaler, string feature) => scaler.CalendarFactors[CalendarFeatures.Names.ToList().IndexOf(feature)];
    }

    [Fact]
    public void Trainer_TooShort_SaysHowMuchIsNeededAndFound()
    {
        var series = SyntheticTraffic.From(900, minute => 1 + minute);

        FluentActions.Invoking(() => new LstmTrainer(series, SeriesParts.Of(series), Small, new HolidayCalendar()))
            .Should().Throw<InsufficientTrafficException>().WithMessage("*720 windows*556*900 minutes*")
            .WithMessage("*A window needs 15 observed minutes in a row after 60 of which the last and three quarters of all were observed*");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(12)]
    public void Run_ConstantTraffic_ForecastsTheConstant(double value)
    {
        var series = SyntheticTraffic.Constant(3_000, value);
        using var trainer = new LstmTrainer(series, SeriesParts.Of(series), Small, new HolidayCalendar());
        var forecast = new double[15];

        new LstmForecaster(trainer.Run()).Forecast(series.Values, series.TimeOf(series.Count - 1), forecast);

        forecast.Should().OnlyContain(minute => double.IsFinite(minute) && Math.Abs(minute - value) <= 0.05 * Math.Max(value, 1));
    }

    [Fact]
    public void RunEpoch_NoBetterForSomeTime_HalvesTheStepAndThenStops()
    {
        // A validation part that the training part says nothing of: its error soon rises.
        var noise = new Random(4);
        var series = SyntheticTraffic.From(4_000, _ => 100 * Math.Exp(noise.NextDouble()));
        using var trainer = new LstmTrainer(
            series, SeriesParts.Of(series), Small with { MostEpochs = 100, PlateauEpochs = 1, PatienceEpochs = 3, LearningRate = 0.02, AveragingDecay = 0 }, new HolidayCalendar());
        var epochs = new List<TrainingProgress>();
        while (!trainer.IsDone)
        {
            epochs.Add(trainer.RunEpoch());
        }

        epochs.Should().HaveCountLessThan(100);
        epochs[^1].LearningRate.Should().BeLessThan(0.02 / 2);
        epochs[^3..].Should().OnlyContain(epoch => epoch.ValidationSkill <= epoch.BestSkill);
        trainer.Model.Members[0].Epochs.Should().Be(epochs.Count - 3);
        epochs[^1].TimeLeft.Should().BeGreaterThan(TimeSpan.Zero);
    }

    [Fact]
    public void Options_EveryError_IsNamedAtOnce()
    {
        var options = new TrainingOptions { LstmUnits = [], Dropout = 1, HuberDelta = 0, BatchSize = 60, Threads = 3 };

        FluentActions.Invoking(() => new LstmTrainer(Traffic, Parts, options, new HolidayCalendar())).Should().Throw<ArgumentException>()
            .WithMessage("*units*").WithMessage("*Dropout*").WithMessage("*HuberDelta is 0*").WithMessage("*BatchSize is 60*").WithMessage("*Threads is 3*");
    }

    private static float[] Train(TrainingOptions options)
    {
        using var trainer = new LstmTrainer(Traffic, Parts, options, new HolidayCalendar());
        return trainer.Run().Members[0].Parameters;
    }
}
