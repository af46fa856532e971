using AkiDb.Forecasting;
using AkiDb.Forecasting.Calendars;
using AkiDb.Forecasting.Traffic;
using AkiDb.Predictor.Forecasts;
using AkiDb.Predictor.Traffic;
using AkiDb.Telemetry.Metrics;
using AkiDb.TestKit;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace AkiDb.Runtime.Tests.Predictor;

/// <summary>The service in virtual time: its source is the test's.</summary>
public sealed class ForecastServiceTests : ITrafficSource, IModelSource
{
    private readonly ManualTime _time = new();
    private Func<DateTimeOffset, double> _traffic = minute => 1_000 + (400 * Math.Sin(2 * Math.PI * minute.ToUnixTimeSeconds() / 60 / 240));
    private FoundModel? _model;
    private int _reads;

    public string Description => "the test";

    [Fact]
    public async Task Step_WithAPast_ForecastsAtOnceAndThenEachMinute()
    {
        var service = Service();

        await service.StepAsync(default);
        var first = service.Current!;
        _time.Advance(TimeSpan.FromMinutes(1));
        await service.StepAsync(default);

        service.Trouble.Should().BeNull();
        first.Choice.Forecaster.Should().NotBeNull();
        first.Refusal.Should().BeNull();
        service.Current!.LastMinute.Should().Be(first.LastMinute.AddMinutes(1));
        service.Accuracies.Should().HaveCountGreaterThan(3);
        _reads.Should().Be(2, "the past is read once");
    }

    [Theory]
    [InlineData(1, " serves. *What speaks against following it: nothing.*")]
    [InlineData(double.NaN, "Nothing is forecast yet: the traffic source has no traffic")]
    public async Task Step_WhateverIsKnown_IsLoggedWithoutHoles(double factor, string wanted)
    {
        var traffic = _traffic;
        _traffic = minute => traffic(minute) * factor;
        var log = new Lines();

        await Service(log).StepAsync(default);

        log.Written.Should().ContainMatch($"*{wanted}").And.NotContainMatch("*(null)*");
    }

    [Fact]
    public async Task Step_WithoutAnyTraffic_IsReadyAndSaysWhyItKnowsNothing()
    {
        _traffic = _ => double.NaN;
        var service = Service();

        await service.StepAsync(default);

        (service.HasBegun, service.Current, service.Trouble).Should().Be((true, null, "the traffic source has no traffic"));
    }

    [Fact]
    public async Task Step_SourceGoneAndBack_CatchesUpOnTheMinutesBetween()
    {
        var service = Service();
        await service.StepAsync(default);
        var (traffic, before) = (_traffic, service.Current!);
        _traffic = _ => throw new TrafficSourceException("connection refused");
        _time.Advance(TimeSpan.FromMinutes(7));
        await service.StepAsync(default);
        service.Trouble.Should().Be("connection refused");
        service.Current.Should().BeSameAs(before);

        _traffic = traffic;
        await service.StepAsync(default);

        service.Trouble.Should().BeNull();
        service.Current!.LastMinute.Should().Be(before.LastMinute.AddMinutes(7));
        service.Current.Recent.Should().NotContain(double.NaN);
    }

    [Fact]
    public async Task Step_NewestMinutesNotScrapedYet_WaitsForThemAndThenCountsThemAsUnobserved()
    {
        var service = Service();
        await service.StepAsync(default);
        var (last, traffic) = (service.Current!.LastMinute, _traffic);
        _traffic = minute => minute > last ? double.NaN : traffic(minute);

        _time.Advance(TimeSpan.FromMinutes(2));
        await service.StepAsync(default);
        service.Current!.LastMinute.Should().Be(last);
        _time.Advance(TimeSpan.FromMinutes(8));
        await service.StepAsync(default);

        service.Current!.LastMinute.Should().Be(last.AddMinutes(7));
        service.Current.Refusal.Should().Be("traffic was not observed for 5 minutes");
    }

    [Fact]
    public async Task Step_ClockGoesBack_WaitsUntilItIsThereAgain()
    {
        var service = Service();
        await service.StepAsync(default);
        var before = service.Current;

        _time.JumpWallClock(TimeSpan.FromHours(-3));
        await service.StepAsync(default);

        service.Current.Should().BeSameAs(before);
    }

    [Fact]
    public async Task Step_AGoodModelAndThenABadOne_TheGoodOneStays()
    {
        var service = Service();
        await service.StepAsync(default);
        _model = new FoundModel("first", new Seer(() => _traffic), null);
        await service.StepAsync(default);
        service.Current.Should().NotBeNull();
        await NextMinuteAsync(service);
        service.Current!.Choice.Forecaster.Should().Be("seer");

        _model = new FoundModel("second", null, "'model.onnx' has the wrong SHA-256");
        await NextMinuteAsync(service);
        _model = new FoundModel("third", new Seer(() => minute => double.NaN), null);
        await NextMinuteAsync(service);

        service.Current!.Choice.Forecaster.Should().Be("seer");
        service.Current.Forecast!.Minutes[0].Qps.Should().BeApproximately(_traffic(service.Current.LastMinute.AddMinutes(1)), 1e-6);
    }

    Task<TrafficSeries> ITrafficSource.ReadAsync(DateTimeOffset from, int minutes, CancellationToken cancellationToken)
    {
        _reads++;
        return Task.FromResult(new TrafficSeries(from, Enumerable.Range(0, minutes).Select(i => _traffic(from.AddMinutes(i))).ToArray()));
    }

    Task<FoundModel?> IModelSource.NewestAsync(CancellationToken cancellationToken) => Task.FromResult(Interlocked.Exchange(ref _model, null));

    private async Task NextMinuteAsync(ForecastService service)
    {
        _time.Advance(TimeSpan.FromMinutes(1));
        await service.StepAsync(default);
    }

    private ForecastService Service(ILogger<ForecastService>? log = null) => new(
        new EngineSettings { HistoryMinutes = 2_000, JudgedMinutes = 600, FewestJudged = 120 }, this, this, new HolidayCalendar(), _time,
        new PredictorMetrics(new MetricRegistry()), log ?? NullLogger<ForecastService>.Instance);

    private sealed class Lines : ILogger<ForecastService>
    {
        public List<string> Written { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Written.Add(formatter(state, exception));
    }

    private sealed class Seer(Func<Func<DateTimeOffset, double>> traffic) : IForecaster
    {
        public string Name => "seer";

        public int HistoryMinutes => 1;

        public void Forecast(ReadOnlySpan<double> history, DateTimeOffset lastMinute, Span<double> forecast)
        {
            for (var i = 0; i < forecast.Length; i++)
            {
                forecast[i] = traffic()(lastMinute.AddMinutes(i + 1));
            }
        }
    }
}
