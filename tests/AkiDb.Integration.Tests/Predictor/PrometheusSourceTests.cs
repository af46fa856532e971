using AkiDb.Predictor.Commands;
using AkiDb.Predictor.Traffic;
using AkiDb.TestKit;

namespace AkiDb.Integration.Tests.Predictor;

/// <summary>Against a real Prometheus.</summary>
public sealed class PrometheusSourceTests(TrafficFixture traffic) : IClassFixture<TrafficFixture>
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task Read_MoreMinutesThanOneAnswerMayHold_GivesEachMinuteItsTraffic()
    {
        using var source = new PrometheusSource(traffic.Prometheus.Url, SourceOptions.DefaultQuery, Limit);

        var series = await source.ReadAsync(traffic.Start.AddMinutes(-9_000), 9_000 + TrafficFixture.Minutes, CancellationToken.None);

        series.Count.Should().Be(9_000 + TrafficFixture.Minutes);
        series.Values[..9_000].ToArray().Should().OnlyContain(value => double.IsNaN(value), "nothing was measured then");
        // A rate over two minutes: the mean of a minute and the one before.
        for (var minute = 2; minute < TrafficFixture.Minutes; minute += 97)
        {
            var expected = (traffic.Qps[minute] + traffic.Qps[minute - 1]) / 2;
            series[9_000 + minute].Should().BeApproximately(expected, expected * 0.04, $"minute {minute}");
        }
    }

    [Fact]
    public async Task Read_AQueryOfNothing_GivesMinutesThatWereNotObserved()
    {
        using var source = new PrometheusSource(traffic.Prometheus.Url, "sum(rate(nobody_total[2m]))", Limit);

        (await source.ReadAsync(traffic.Start, 10, CancellationToken.None)).ObservedCount.Should().Be(0);
    }

    [Fact]
    public async Task Read_AQueryOfNoNumbers_GivesMinutesThatWereNotObserved()
    {
        using var source = new PrometheusSource(traffic.Prometheus.Url, "vector(1) / vector(0)", Limit);

        (await source.ReadAsync(traffic.Start, 10, CancellationToken.None)).ObservedCount.Should().Be(0);
    }

    [Theory]
    [InlineData("sum(rate(", "*400*parse error*")]
    [InlineData("http_requests_total or label_replace(http_requests_total, \"x\", \"y\", \"\", \"\")", "*gives 2 series; wanted one*")]
    public async Task Read_AWrongQuery_IsToldWithWhatPrometheusSays(string query, string expected)
    {
        using var source = new PrometheusSource(traffic.Prometheus.Url, query, Limit);

        await FluentActions.Awaiting(() => source.ReadAsync(traffic.Start, 10, CancellationToken.None))
            .Should().ThrowAsync<TrafficSourceException>().WithMessage(expected);
    }

    [Fact]
    public async Task Read_NobodyThere_IsToldWithTheAddress()
    {
        using var source = new PrometheusSource(new Uri($"http://127.0.0.1:{FreePort.Next()}"), "up", Limit);

        await FluentActions.Awaiting(() => source.ReadAsync(traffic.Start, 10, CancellationToken.None))
            .Should().ThrowAsync<TrafficSourceException>().WithMessage("up at http://127.0.0.1:* cannot be read: *");
    }
}
