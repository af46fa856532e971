using System.Text.Json.Nodes;
using AkiDb.SearchEngine.Torture;
using AkiDb.TestKit;

namespace AkiDb.Integration.Tests.SearchEngine;

/// <summary>Spans on their way to a collector.</summary>
public sealed class TracingTests
{
    [Fact]
    public async Task Spans_OfWriteAndQuery_ReachTheCollector()
    {
        await using var collector = await SpanSink.StartAsync();
        var folder = Directory.CreateTempSubdirectory("akidb-traced-");
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        using (var engine = await EngineProcess.StartAsync(["--data", folder.FullName, "--model", "none", "--log", "none"], http, CancellationToken.None,
            ("OTEL_EXPORTER_OTLP_ENDPOINT", collector.Url), ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"), ("OTEL_BSP_SCHEDULE_DELAY", "100")))
        {
            await PostAsync("/api/v1/collections", """{"name":"things","dimension":2}""");
            await PostAsync("/api/v1/collections/things/documents", """{"documents":[{"id":"a","vector":[1,0]}]}""");
            await PostAsync("/api/v1/collections/things/query", """{"vector":[1,0]}""");

            await EngineUnderTest.EventuallyAsync(() => Task.FromResult(
                collector.Contains("sqlite.commit"u8) && collector.Contains("search"u8) && collector.Contains("sqlite.read"u8) && collector.Contains("akidb-rest"u8)
                && collector.Contains("/api/v1/collections/{collection}/query"u8)), "all spans have come");

            async Task PostAsync(string path, string body)
            {
                using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
                using var answer = await http.PostAsync(new Uri(engine.Url, path), content);
                answer.EnsureSuccessStatusCode();
                JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["trace_id"].Should().NotBeNull();
            }
        }

        folder.Delete(recursive: true);
    }
}
