using System.Text.Json;
using AkiDb.Contracts;
using AkiDb.Local.Cluster;
using AkiDb.Local.Scoreboard;
using AkiDb.Local.Traffic;
using AkiDb.TestKit;

namespace AkiDb.Integration.Tests.Local;

/// <summary>Three minutes of the whole system without anyone watching: the afternoon's rise, the evening's peak, the fall.</summary>
[Collection(nameof(LocalRuns))]
public sealed class HeadlessRunTests
{
    private const double QueryP95LimitMs = 30;
    private const double FailedShareLimit = 0.005;

    [Fact]
    public async Task Afternoon_OfTheWholeSystem_ScalesAheadStaysFastAndLosesNothing()
    {
        await using var collector = await SpanSink.StartAsync();
        await using var run = await LocalUnderTest.StartAsync(["--start", "15:00", "--duration", "180", "--json"],
            ("OTEL_EXPORTER_OTLP_ENDPOINT", collector.Url), ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"), ("OTEL_BSP_SCHEDULE_DELAY", "500"));
        await Task.Delay(TimeSpan.FromSeconds(60));
        await run.BreakAsync("spot-interruption");
        await Task.Delay(TimeSpan.FromSeconds(100));
        var samples = (await run.StateAsync())["samples"].Deserialize<List<Sample>>(JsonSerializerOptions.Web)!;

        (await run.WaitForEndAsync(TimeSpan.FromMinutes(2))).Should().Be(0, run.Said);
        var report = JsonSerializer.Deserialize<RunReport>(run.Answer, JsonSerializerOptions.Web)!;

        KindReport Kind(string name) => report.Kinds.Single(kind => kind.Kind == name);
        run.Said.Should().Contain("spot capacity under").And.Contain("is gone");
        Kind("all").Requests.Should().BeGreaterThan(5_000);
        Kind("all").Failed.Should().BeLessThan((long)(FailedShareLimit * Kind("all").Requests));
        (Kind("query").Failed, Kind("embed").Failed).Should().Be((0, 0), "a router may send these again");
        Kind("query").P95Ms.Should().BeLessThan(QueryP95LimitMs);

        var (predictive, reactive) = (report.Scaling[0], report.Scaling[1]);
        predictive.MinutesAboveTarget.Should().BeLessThan(reactive.MinutesAboveTarget, "readers are ready before the load comes");
        predictive.SaturatedMinutes.Should().BeLessThanOrEqualTo(reactive.SaturatedMinutes);
        var most = samples.MaxBy(sample => sample.Wanted)!;
        most.Wanted.Should().BeGreaterThan(samples[0].Wanted, "load rises");
        samples[^1].Wanted.Should().BeLessThan(most.Wanted, "replicas fall after the load has fallen");
        report.SpentUsd.Should().BePositive().And.BeLessThan(report.UniformUsd);

        AssertTraces(collector.Spans, Kind("query").Requests);
        LocalUnderTest.Leftovers().Should().BeEmpty();
    }

    // Every query has one trace, from the router through the search engine to its index.
    private static void AssertTraces(IReadOnlyList<ReceivedSpan> spans, long queries)
    {
        var traces = spans.GroupBy(span => span.TraceId, StringComparer.Ordinal)
            .Where(trace => trace.Any(span => span.Service == ServiceNames.Router && span.Name == $"POST {RequestMaker.QueryPath}")).ToList();

        traces.Should().HaveCount((int)queries + LocalCluster.WarmQueries);
        traces.Where(trace => !trace.Any(span => span.Service == ServiceNames.SearchEngine && span.Name == "search")).Should().BeEmpty("the index's span is in the same trace");
        traces.Where(trace => trace.Where(span => span.ParentId.Length == 0).Select(span => span.Service).SingleOrDefault() != ServiceNames.Router).Should()
            .BeEmpty("the router's span is the only root");
        traces.Where(trace => trace.Any(span => span.ParentId.Length > 0 && trace.All(parent => parent.SpanId != span.ParentId))).Should()
            .BeEmpty("every other span hangs on one that was exported");
    }
}
