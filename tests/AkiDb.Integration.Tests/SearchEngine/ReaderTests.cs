using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using AkiDb.SearchEngine.Hosting;

namespace AkiDb.Integration.Tests.SearchEngine;

public sealed class ReaderTests
{
    [Fact]
    public async Task Reader_AfterItsStaleness_AnswersAsTheWriterAndForwardsWrites()
    {
        using var place = new Place();
        await using var writer = await EngineUnderTest.StartAsync(settings => settings with { PublishTo = place.Path });
        await writer.CreateAsync();
        await writer.PutAsync([.. Enumerable.Range(0, 300).Select(i => EngineUnderTest.Text($"d{i}", $"word{i % 17} word{i % 23} word{i}"))]);
        await using var reader = await StartReaderAsync(place, writer);
        var query = new JsonObject { ["text"] = "word3 word5", ["k"] = 15 };

        // What is written through the reader comes back to it by way of the writer.
        var written = await reader.PutAsync(EngineUnderTest.Text("late", "word3 word5"));
        await ReachAsync(reader, written["sequence"]!.GetValue<long>());

        (await reader.QueryAsync(query)).Should().Equal(await writer.QueryAsync(query)).And.Contain("late");
        using var answer = await reader.Http.GetAsync("/api/v1/collections/things");
        int.Parse(answer.Headers.GetValues("X-Staleness").Single(), CultureInfo.InvariantCulture).Should().BeInRange(0, 60_000);
        (await reader.GetAsync("/api/v1/status"))["role"]!.GetValue<string>().Should().Be("reader");
    }

    [Fact]
    public async Task Write_ThroughAReader_HasTheHeadersOfTheWritersAnswer()
    {
        using var place = new Place();
        await using var writer = await EngineUnderTest.StartAsync(settings => settings with { PublishTo = place.Path });
        await using var reader = await StartReaderAsync(place, writer);

        using var made = await reader.PostTextAsync("/api/v1/collections", """{"name":"things"}""");

        made.StatusCode.Should().Be(HttpStatusCode.Created);
        made.Headers.Location!.ToString().Should().Be("/api/v1/collections/things");
        made.Headers.GetValues("X-Sequence").Should().Equal("1");
    }

    [Fact]
    public async Task Reader_WriterGone_GrowsOlderAndSaysSo()
    {
        using var place = new Place();
        await using var writer = await EngineUnderTest.StartAsync(settings => settings with { PublishTo = place.Path });
        await writer.CreateAsync();
        await writer.PutAsync(EngineUnderTest.Text("a", "text"));
        await using var reader = await StartReaderAsync(place, writer);
        await ReachAsync(reader, 2);
        await writer.StopAsync();
        await Task.Delay(300);

        (await reader.QueryAsync(new JsonObject { ["text"] = "text" })).Should().Equal("a");
        using var strict = new HttpRequestMessage(HttpMethod.Get, "/api/v1/collections");
        strict.Headers.Add("X-Max-Staleness", "100");
        var problem = await EngineUnderTest.ProblemAsync(await reader.Http.SendAsync(strict), 503);
        problem["detail"]!.GetValue<string>().Should().Contain("ms old");
        await EngineUnderTest.ProblemAsync(await reader.PostAsync("/api/v1/collections/things/documents", new JsonObject { ["documents"] = new JsonArray() }), 503);
        (await reader.Http.GetStringAsync("/metrics")).Should().Contain("akidb_search_staleness_seconds");
    }

    [Fact]
    public async Task Reader_OlderThanItsBound_IsNotReadyAndRefuses()
    {
        using var place = new Place();
        await using var writer = await EngineUnderTest.StartAsync(settings => settings with { PublishTo = place.Path });
        await writer.CreateAsync();
        await using var reader = await StartReaderAsync(place, writer, TimeSpan.FromMilliseconds(1_500));
        await ReachAsync(reader, 1);
        await writer.StopAsync();

        await EngineUnderTest.EventuallyAsync(async () => (await reader.Http.GetAsync("/healthz/ready")).StatusCode == HttpStatusCode.ServiceUnavailable, "the reader is too old");

        await EngineUnderTest.ProblemAsync(await reader.Http.GetAsync("/api/v1/collections"), 503);
    }

    [Fact]
    public async Task Reader_QueriedWhileTheWriterLoads_NeverFails()
    {
        using var place = new Place();
        await using var writer = await EngineUnderTest.StartAsync(settings => settings with { PublishTo = place.Path });
        await writer.CreateAsync();
        await writer.PutAsync(EngineUnderTest.Text("a", "text"));
        await using var reader = await StartReaderAsync(place, writer);
        await ReachAsync(reader, 2);
        var status = (await reader.GetAsync("/api/v1/status"))["sequence"]!.GetValue<long>();

        for (var i = 0; i < 20; i++)
        {
            await writer.PutAsync([.. Enumerable.Range(0, 50).Select(n => EngineUnderTest.Text($"d{i}-{n}", $"word{n}"))]);
            (await reader.QueryAsync(new JsonObject { ["text"] = "text", ["k"] = 1 })).Should().Equal("a");
        }

        await ReachAsync(reader, status + 1_000);
    }

    [Fact]
    public async Task Write_TooLargeForTheReader_IsRefusedAsSuch()
    {
        using var place = new Place();
        await using var writer = await EngineUnderTest.StartAsync(settings => settings with { PublishTo = place.Path });
        await writer.CreateAsync();
        await using var reader = await StartReaderAsync(place, writer, bodyBytes: 1024 * 1024);
        await ReachAsync(reader, 1);

        var answer = await reader.PostTextAsync("/api/v1/collections/things/documents", new string(' ', 2 * 1024 * 1024) + """{"documents":[]}""");

        await EngineUnderTest.ProblemAsync(answer, 413);
    }

    [Fact]
    public async Task Write_WriterDoesNotAnswer_IsGivenUp()
    {
        using var place = new Place();
        await using var writer = await EngineUnderTest.StartAsync(
            settings => settings with { PublishTo = place.Path }, new HashedTextEmbedder(gate: new TaskCompletionSource().Task));
        await writer.CreateAsync();
        await using var reader = await StartReaderAsync(place, writer, writeTimeout: TimeSpan.FromMilliseconds(200));
        await ReachAsync(reader, 1);

        var answer = await reader.PostAsync("/api/v1/collections/things/documents", new JsonObject { ["documents"] = new JsonArray(EngineUnderTest.Text("a", "text")) });

        (await EngineUnderTest.ProblemAsync(answer, 504))["detail"]!.GetValue<string>().Should().Contain("may still take place");
    }

    internal static Task<EngineUnderTest> StartReaderAsync(
        Place place, EngineUnderTest writer, TimeSpan? maximumStaleness = null, long? bodyBytes = null, TimeSpan? writeTimeout = null) => EngineUnderTest.StartAsync(settings => settings with
        {
            Role = EngineRole.Reader,
            Follow = place.Path,
            WriterUrl = writer.Http.BaseAddress!.ToString(),
            MaximumStaleness = maximumStaleness ?? TimeSpan.Zero,
            Limits = settings.Limits with { BodyBytes = bodyBytes ?? settings.Limits.BodyBytes, WriteTimeout = writeTimeout ?? settings.Limits.WriteTimeout },
        });

    internal static Task ReachAsync(EngineUnderTest reader, long sequence) => EngineUnderTest.EventuallyAsync(
        async () => (await reader.GetAsync("/api/v1/status"))["sequence"]!.GetValue<long>() >= sequence && (await reader.Http.GetAsync("/healthz/ready")).IsSuccessStatusCode,
        $"the reader has change {sequence}");

    internal sealed class Place : IDisposable
    {
        public string Path { get; } = Directory.CreateTempSubdirectory("akidb-published-").FullName;

        public void Dispose() => Directory.Delete(Path, recursive: true);
    }
}
