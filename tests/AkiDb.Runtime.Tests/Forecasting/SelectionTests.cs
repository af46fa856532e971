using AkiDb.Forecasting;
using AkiDb.Forecasting.Baselines;
using AkiDb.Forecasting.Evaluation;
using AkiDb.Forecasting.Serving;
using AkiDb.Forecasting.Traffic;

namespace AkiDb.Runtime.Tests.Forecasting;

public sealed class SelectionTests
{
    private static readonly TrafficSeries Traffic = SyntheticTraffic.Daily(4);
    private static readonly SeriesParts Parts = SeriesParts.Of(Traffic);

    [Fact]
    public void Choose_LstmWorseThanABaseline_ServesTheBaselineAndSaysWhy()
    {
        var choice = Choose(new Oracle("ridge", Traffic, error: 0.01), new Oracle("lstm", Traffic, error: 0.2));

        choice.Serving.Should().Be("ridge");
        choice.Reason.Should().Contain("'ridge' has the best validation skill");
        Skill(choice, "ridge").Should().BeGreaterThan(Skill(choice, "lstm"));
        Skill(choice, "last-value").Should().Be(0);
    }

    [Fact]
    public void Choose_LstmBest_ServesIt() =>
        Choose(new Oracle("ridge", Traffic, error: 0.2), new Oracle("lstm", Traffic, error: 0.01)).Serving.Should().Be("lstm");

    [Fact]
    public void Choose_OppositeErrors_ServesTheirBlend()
    {
        IForecaster[] candidates = [new LastValueForecaster(), new Oracle("ridge", Traffic, error: 0.1), new Oracle("lstm", Traffic, error: -0.1)];
        var choice = ForecasterSelection.Choose(candidates, Traffic, Parts);

        choice.Serving.Should().Be("blend");
        choice.Candidates.Single(candidate => candidate.Name == "lstm").BlendWeight.Should().Be(0.5);
        choice.BlendSkill.Should().BeApproximately(1, 1e-9);
        choice.Reason.Should().Contain("blend");
        var blend = ForecasterSelection.Serving(choice, candidates);
        var forecast = new double[15];
        blend.Forecast(Traffic.Values[..3_000], Traffic.TimeOf(2_999), forecast);
        forecast.Should().Equal(Traffic.Values.Slice(3_000, 15).ToArray(), (a, b) => Math.Abs(a - b) < 1e-6);
    }

    [Fact]
    public void Choose_ReadsMoreThanThereIs_IsLeftOutWithoutASkill()
    {
        var choice = Choose(SeasonalShapeForecaster.Week);

        choice.Candidates.Single(candidate => candidate.Name == "week-shape").ValidationSkill.Should().BeNull();
        choice.Serving.Should().Be("last-value");
    }

    [Fact]
    public void Choose_TestPart_DecidesNothing()
    {
        var changed = SyntheticTraffic.From(Traffic.Count, minute => minute < Parts.TestStart ? Traffic[minute] : 1);
        IForecaster[] candidates = [.. BaselineSet.Unfitted];

        var choice = ForecasterSelection.Choose(candidates, Traffic, Parts);
        var other = ForecasterSelection.Choose(candidates, changed, Parts);

        other.Candidates.Should().Equal(choice.Candidates);
        other.Serving.Should().Be(choice.Serving);
    }

    [Fact]
    public void Choose_ConstantTraffic_StaysWithTheLastValue()
    {
        var constant = SyntheticTraffic.Constant(4_000, 3);

        ForecasterSelection.Choose([.. BaselineSet.Unfitted], constant, SeriesParts.Of(constant)).Serving.Should().Be("last-value");
    }

    [Fact]
    public void Blend_WeightsThatDoNotSumToOne_AreRefused() =>
        FluentActions.Invoking(() => new BlendForecaster((new LastValueForecaster(), 0.5), (new RecentMeanForecaster(), 0.4)))
            .Should().Throw<ArgumentException>().WithMessage("*sum to 1*last-value 0.5*mean-15 0.4*");

    private static ModelChoice Choose(params IForecaster[] others) =>
        ForecasterSelection.Choose([new LastValueForecaster(), .. others], Traffic, Parts);

    private static double Skill(ModelChoice choice, string name) => choice.Candidates.Single(candidate => candidate.Name == name).ValidationSkill!.Value;

    /// <summary>Knows the future and is wrong by a fixed share of it.</summary>
    private sealed class Oracle(string name, TrafficSeries series, double error) : IForecaster
    {
        public string Name => name;

        public int HistoryMinutes => 15;

        public void Forecast(ReadOnlySpan<double> history, DateTimeOffset lastMinute, Span<double> forecast)
        {
            var next = (int)(lastMinute - series.Start).TotalMinutes + 1;
            for (var i = 0; i < forecast.Length; i++)
            {
                forecast[i] = series[next + i] * (1 + error);
            }
        }
    }
}
