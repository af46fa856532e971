using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace AkiDb.Integration.Tests.SearchEngine;

public sealed class ApiTests
{
    [Fact]
    public async Task Documents_PutQueriedGotDeleted_BehaveAsTold()
    {
        await using var engine = await EngineUnderTest.StartAsync();
        var made = await engine.CreateAsync();
        made["model"]!["name"]!.GetValue<string>().Should().Be("hashed-words");
        await engine.PutAsync(
            EngineUnderTest.Text("cat", "the cat rested on the carpet", new JsonObject { ["kind"] = "animal", ["legs"] = 4 }),
            EngineUnderTest.Text("bird", "a bird sang in the tree", new JsonObject { ["kind"] = "animal", ["legs"] = 2 }),
            EngineUnderTest.Text("tax/2026", "tax returns are due in april", new JsonObject { ["kind"] = "paper" }));

        (await engine.QueryAsync(new JsonObject { ["text"] = "cat on the carpet", ["k"] = 1 })).Should().Equal("cat");
        (await engine.QueryAsync(new JsonObject { ["text"] = "cat on the carpet", ["filter"] = JsonNode.Parse("""{"field":"legs","lt":3}""") })).Should().Equal("bird");
        var full = await engine.MustPostAsync("/api/v1/collections/things/query", new JsonObject { ["text"] = "tax", ["k"] = 1, ["include"] = new JsonArray("text", "vector") });
        full["matches"]![0]!["text"]!.GetValue<string>().Should().StartWith("tax returns");
        full["matches"]![0]!["vector"]!.AsArray().Should().HaveCount(64);
        full["matches"]![0]!["metadata"].Should().BeNull();
        (await engine.GetAsync("/api/v1/collections/things/documents/tax/2026"))["metadata"]!["kind"]!.GetValue<string>().Should().Be("paper");
        var many = await engine.MustPostAsync("/api/v1/collections/things/documents/get", new JsonObject { ["ids"] = new JsonArray("bird", "nobody", "cat") });
        many["documents"]!.AsArray().Select(one => one!["id"]!.GetValue<string>()).Should().Equal("bird", "cat");

        (await engine.Http.DeleteAsync("/api/v1/collections/things/documents/cat")).StatusCode.Should().Be(HttpStatusCode.OK);
        await EngineUnderTest.ProblemAsync(await engine.Http.DeleteAsync("/api/v1/collections/things/documents/cat"), 404);
        var deleted = await engine.MustPostAsync("/api/v1/collections/things/documents/delete", new JsonObject { ["filter"] = JsonNode.Parse("""{"field":"kind","eq":"animal"}""") });
        deleted["count"]!.GetValue<int>().Should().Be(1);
        (await engine.QueryAsync(new JsonObject { ["text"] = "anything" })).Should().Equal("tax/2026");
    }

    [Fact]
    public async Task Restart_SameFolder_GivesTheSameAnswers()
    {
        await using var first = await EngineUnderTest.StartAsync();
        await first.CreateAsync();
        var random = new Random(5);
        await first.PutAsync([.. Enumerable.Range(0, 500).Select(i => EngineUnderTest.Text($"d{i}", string.Join(' ', Enumerable.Range(0, 6).Select(_ => $"word{random.Next(80)}"))))]);
        var query = new JsonObject { ["text"] = "word1 word2 word3", ["k"] = 20 };
        var before = await first.QueryAsync(query);
        await first.StopAsync();

        await using var second = await EngineUnderTest.StartAsync(settings => settings with { DataPath = first.Data });

        (await second.QueryAsync(query)).Should().Equal(before);
    }

    [Fact]
    public async Task Embed_Texts_GivesOneVectorEach()
    {
        await using var engine = await EngineUnderTest.StartAsync(settings => settings with { Role = AkiDb.SearchEngine.Hosting.EngineRole.Embed, DataPath = null });

        var answer = await engine.MustPostAsync("/api/v1/embed", new JsonObject { ["texts"] = new JsonArray("one", "two words"), ["model"] = "hashed-words" });

        answer["embeddings"]!.AsArray().Should().HaveCount(2).And.OnlyContain(vector => vector!.AsArray().Count == 64);
        answer["model"]!.GetValue<string>().Should().Be("hashed-words");
        answer["tokens"]!.GetValue<int>().Should().Be(3);
        answer["trace_id"]!.GetValue<string>().Should().HaveLength(32);
        await EngineUnderTest.ProblemAsync(await engine.PostAsync("/api/v1/embed", new JsonObject { ["texts"] = new JsonArray("x"), ["model"] = "other" }), 409);
        await EngineUnderTest.ProblemAsync(await engine.Http.GetAsync("/api/v1/collections"), 404);
    }

    [Fact]
    public async Task Collection_OfAnotherModel_RefusesTextsAndStillTakesVectors()
    {
        await using var first = await EngineUnderTest.StartAsync();
        await first.CreateAsync();
        await first.PutAsync(EngineUnderTest.Text("a", "some text"));
        await first.StopAsync();
        await using var second = await EngineUnderTest.StartAsync(settings => settings with { DataPath = first.Data }, new HashedTextEmbedder("hashed-words", 'b'));

        var problem = await EngineUnderTest.ProblemAsync(await second.PostAsync("/api/v1/collections/things/query", new JsonObject { ["text"] = "some text" }), 409);

        problem["detail"]!.GetValue<string>().Should().Contain(new string('a', 64)).And.Contain(new string('b', 64));
        var vector = new JsonArray([.. Enumerable.Range(0, 64).Select(i => JsonValue.Create(i + 1f))]);
        (await second.QueryAsync(new JsonObject { ["vector"] = vector })).Should().Equal("a");
        (await second.GetAsync("/api/v1/collections/things"))["model"]!["is_loaded"]!.GetValue<bool>().Should().BeFalse();
    }

    [Fact]
    public async Task ExportAndImport_WholeCollection_CarriesEverythingOver()
    {
        await using var engine = await EngineUnderTest.StartAsync();
        await engine.CreateAsync();
        await engine.PutAsync([.. Enumerable.Range(0, 700).Select(i => EngineUnderTest.Text($"d{i}", $"word{i} of many", new JsonObject { ["n"] = i }))]);
        var lines = await engine.Http.GetStringAsync("/api/v1/collections/things/export");
        await engine.CreateAsync(name: "copy");

        using var answer = await engine.PostTextAsync("/api/v1/collections/copy/import", lines, "application/x-ndjson");

        JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["count"]!.GetValue<int>().Should().Be(700);
        (await engine.Http.GetStringAsync("/api/v1/collections/copy/export")).Should().Be(lines);
        await EngineUnderTest.ProblemAsync(await engine.PostTextAsync("/api/v1/collections/copy/import", """{"id":"x","text":"fine"}""" + "\n" + """{"id":"y"}""", "application/x-ndjson"), 400);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Export_MetadataOnSeveralLines_IsOneLineADocument(bool isOlderStore)
    {
        const string pretty = "{\r\n  \"a\" : 12345678901234567890,\n\t\"b c\": \"d \\\"e\\\\\" }";
        await using var engine = await EngineUnderTest.StartAsync();
        await engine.CreateAsync();
        (await engine.PostTextAsync("/api/v1/collections/things/documents", $$"""{"documents":[{"id":"x","text":"t","metadata":{{pretty}}}]}""")).EnsureSuccessStatusCode();
        if (isOlderStore)
        {
            engine.Change("x", pretty);
        }

        var lines = await engine.Http.GetStringAsync("/api/v1/collections/things/export");

        lines.Should().StartWith("""{"id":"x","metadata":{"a":12345678901234567890,"b c":"d \"e\\"},""").And.EndWith("}\n");
        lines.Count(c => c is '\n' or '\r').Should().Be(1);
        (await engine.PostTextAsync("/api/v1/collections/things/import", lines, "application/x-ndjson")).StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Import_WrongLineBeforeMuchMore_IsAnsweredAndNoErrorLogged()
    {
        var path = Path.GetTempFileName();
        try
        {
            await using (var engine = await EngineUnderTest.StartAsync(settings => settings with { LogPath = path }))
            {
                await engine.CreateAsync();
                var line = $$"""{"id":"a","text":"{{new string('x', 1_000)}}"}""" + "\n";
                // Sent without waiting for the server's leave, and more than the connection holds.
                using var content = new StringContent("nonsense\n" + string.Concat(Enumerable.Repeat(line, 16 * 1024)), Encoding.UTF8, "application/x-ndjson");

                using var answer = await engine.Http.PostAsync("/api/v1/collections/things/import", content);

                (await EngineUnderTest.ProblemAsync(answer, 400))["detail"]!.GetValue<string>().Should().Contain("line 1 ");
            }

            (await File.ReadAllTextAsync(path)).Should().NotContain("Reading is already in progress").And.NotContain("\"error\"");
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public async Task Import_TextsIntoVectors_SaysWhereAndHowFarItCame()
    {
        await using var engine = await EngineUnderTest.StartAsync();
        await engine.CreateAsync(dimension: 2);
        var lines = string.Concat(Enumerable.Range(0, 256).Select(i => $$"""{"id":"d{{i}}","vector":[1,{{i}}]}""" + "\n")) + """{"id":"t","text":"t"}""";

        var problem = await EngineUnderTest.ProblemAsync(await engine.PostTextAsync("/api/v1/collections/things/import", lines, "application/x-ndjson"), 409);

        problem["detail"]!.GetValue<string>().Should().Be("From line 257 on: Collection 'things' has no model; send vectors. 256 documents of the lines before are stored.");
    }

    [Fact]
    public async Task Query_DocumentNewerThanTheIndex_MustStillMatch()
    {
        await using var engine = await EngineUnderTest.StartAsync();
        await engine.CreateAsync();
        await engine.PutAsync(
            EngineUnderTest.Text("a", "t", new JsonObject { ["state"] = "open" }), EngineUnderTest.Text("b", "t", new JsonObject { ["state"] = "open" }),
            EngineUnderTest.Text("c", "t", new JsonObject { ["state"] = "open" }));
        // As between a commit and the indexing of it.
        engine.Change("a", """{"state":"closed"}""");
        engine.Change("b", """{"state":"open","new":1}""");

        (await engine.QueryAsync(new JsonObject { ["text"] = "t", ["filter"] = JsonNode.Parse("""{"field":"state","eq":"open"}""") })).Should().BeEquivalentTo("b", "c");
        (await engine.QueryAsync(new JsonObject { ["text"] = "t", ["filter"] = JsonNode.Parse("""{"field":"new","exists":false}""") })).Should().BeEquivalentTo("a", "c");
    }

    [Fact]
    public async Task Write_ItsAnswer_HasItsNumberInBodyAndHeader()
    {
        await using var engine = await EngineUnderTest.StartAsync();
        const string things = "/api/v1/collections/things";

        await ExpectAsync(await engine.PostTextAsync("/api/v1/collections", """{"name":"things"}"""), 1);
        await ExpectAsync(await engine.PostTextAsync($"{things}/documents", """{"documents":[{"id":"a","text":"t"},{"id":"b","text":"t"}]}"""), 3);
        await ExpectAsync(await engine.PostTextAsync($"{things}/import", """{"id":"c","text":"t"}""", "application/x-ndjson"), 4);
        await ExpectAsync(await engine.Http.DeleteAsync($"{things}/documents/a"), 5);
        await ExpectAsync(await engine.PostTextAsync($"{things}/documents/delete", """{"ids":["b"]}"""), 6);
        await ExpectAsync(await engine.Http.DeleteAsync(things), 7);

        static async Task ExpectAsync(HttpResponseMessage answer, long sequence)
        {
            using (answer)
            {
                JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["sequence"]!.GetValue<long>().Should().Be(sequence);
                answer.Headers.GetValues("X-Sequence").Should().Equal(sequence.ToString(CultureInfo.InvariantCulture));
            }
        }
    }

    [Fact]
    public async Task Texts_LongerThanTheModelReads_AreCounted()
    {
        await using var engine = await EngineUnderTest.StartAsync();
        await engine.CreateAsync();
        var longText = string.Join(' ', Enumerable.Repeat("word", 200));

        var put = await engine.PutAsync(EngineUnderTest.Text("a", longText), EngineUnderTest.Text("b", longText), EngineUnderTest.Text("c", "short"));
        using var import = await engine.PostTextAsync("/api/v1/collections/things/import", $$"""{"id":"d","text":"{{longText}}"}""", "application/x-ndjson");
        var query = await engine.MustPostAsync("/api/v1/collections/things/query", new JsonObject { ["text"] = longText });

        put["truncated"]!.GetValue<int>().Should().Be(2);
        JsonNode.Parse(await import.Content.ReadAsStringAsync())!["truncated"]!.GetValue<int>().Should().Be(1);
        query["truncated"]!.GetValue<bool>().Should().BeTrue();
        (await engine.PutAsync(EngineUnderTest.Text("c", "short")))["truncated"].Should().BeNull();
        (await engine.MustPostAsync("/api/v1/collections/things/query", new JsonObject { ["text"] = "short" }))["truncated"].Should().BeNull();
    }

    [Fact]
    public async Task Import_WrongLine_SaysWhichAndHowFarItCame()
    {
        await using var engine = await EngineUnderTest.StartAsync();
        await engine.CreateAsync();
        var lines = string.Join('\n', Enumerable.Range(0, 300).Select(i => $$"""{"id":"d{{i}}","text":"t"}""")) + "\nnonsense\n";

        var problem = await EngineUnderTest.ProblemAsync(await engine.PostTextAsync("/api/v1/collections/things/import", lines, "application/x-ndjson"), 400);

        problem["detail"]!.GetValue<string>().Should().Contain("line 301").And.Contain("300 documents of the lines before are stored");
        (await engine.GetAsync("/api/v1/collections/things"))["documents"]!.GetValue<int>().Should().Be(300);
    }

    [Fact]
    public async Task Collections_CreatedListedDeleted_AreWhatTheySay()
    {
        await using var engine = await EngineUnderTest.StartAsync();
        await engine.MustPostAsync("/api/v1/collections", JsonNode.Parse("""{"name":"fine-tuned","dimension":12,"metric":"l2","quantization":"int8","m":8,"ef_construction":50,"ef":33}""")!);
        await EngineUnderTest.ProblemAsync(await engine.PostTextAsync("/api/v1/collections", """{"name":"fine-tuned","dimension":3}"""), 409);
        var wrong = await EngineUnderTest.ProblemAsync(await engine.PostTextAsync("/api/v1/collections",
            """{"name":"Bad Name","dimension":3,"metric":"manhattan","structure":"tree","m":1}"""), 400);

        wrong["detail"]!.GetValue<string>().Should().ContainAll("name must be", "metric is 'manhattan'", "structure is 'tree'", "m is 1, wanted 2 to 128");
        var numbers = await EngineUnderTest.ProblemAsync(await engine.PostTextAsync("/api/v1/collections", """{"name":"x","dimension":3,"m":1000,"ef":4097}"""), 400);
        numbers["detail"]!.GetValue<string>().Should().Be("ef is 4097, wanted 1 to 4096; m is 1000, wanted 2 to 128.");
        var one = (await engine.GetAsync("/api/v1/collections"))["collections"]!.AsArray().Single()!;
        (one["metric"]!.GetValue<string>(), one["quantization"]!.GetValue<string>(), one["m"]!.GetValue<int>(), one["ef"]!.GetValue<int>()).Should().Be(("l2", "int8", 8, 33));
        (await engine.Http.DeleteAsync("/api/v1/collections/fine-tuned")).StatusCode.Should().Be(HttpStatusCode.OK);
        await EngineUnderTest.ProblemAsync(await engine.Http.GetAsync("/api/v1/collections/fine-tuned"), 404);
    }

    [Fact]
    public async Task Trace_FromXRayOrW3C_IsContinuedInTheAnswer()
    {
        await using var engine = await EngineUnderTest.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/collections");
        request.Headers.Add("X-Amzn-Trace-Id", "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1");

        using var answer = await engine.Http.SendAsync(request);

        answer.Headers.GetValues("X-Trace-Id").Should().Equal("5759e988bd862e3fe1be46a994272793");
        answer.Headers.GetValues("X-Amzn-Trace-Id").Single().Should().StartWith("Root=1-5759e988-bd862e3fe1be46a994272793;");
        JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["trace_id"]!.GetValue<string>().Should().Be("5759e988bd862e3fe1be46a994272793");
    }

    [Fact]
    public async Task Metrics_AfterRequests_HaveTheNamesThatAlertsRead()
    {
        await using var engine = await EngineUnderTest.StartAsync();
        await engine.CreateAsync();
        await engine.PutAsync(EngineUnderTest.Text("a", "b"));
        await engine.QueryAsync(new JsonObject { ["text"] = "b" });

        var metrics = await engine.Http.GetStringAsync("/metrics");

        metrics.Should().Contain("akidb_requests_total{route=\"query\",status=\"200\",region=\"local\",cluster=\"local\"} 1")
            .And.Contain("akidb_request_duration_seconds_bucket{route=\"query\",status=\"200\",region=\"local\",cluster=\"local\",le=\"0.03\"}")
            .And.Contain("akidb_search_documents{region=\"local\",cluster=\"local\",collection=\"things\"} 1");
    }

    [Fact]
    public async Task Collections_Listed_HaveTheTraceIdOnceAtTheTop()
    {
        await using var engine = await EngineUnderTest.StartAsync();
        await engine.CreateAsync(dimension: 2);

        var list = await engine.GetAsync("/api/v1/collections");

        list["trace_id"]!.GetValue<string>().Should().HaveLength(32);
        list["collections"]!.AsArray().Should().ContainSingle().Which!["trace_id"].Should().BeNull();
    }

    [Theory]
    [InlineData("?include=metadata,%20text", "id metadata text")]
    [InlineData("?include=vector", "id vector")]
    [InlineData("?include=", "id")]
    [InlineData("", "id metadata text")]
    public async Task Document_Included_HasTheseParts(string query, string parts)
    {
        await using var engine = await EngineUnderTest.StartAsync();
        await engine.CreateAsync();
        await engine.PutAsync(EngineUnderTest.Text("cat", "the cat rested"));

        var document = await engine.GetAsync("/api/v1/collections/things/documents/cat" + query);

        document.AsObject().Select(part => part.Key).Should().Equal(parts.Split(' '));
    }

    [Fact]
    public async Task Log_OfARequest_HasItsTraceId()
    {
        var path = Path.GetTempFileName();
        try
        {
            string trace;
            await using (var engine = await EngineUnderTest.StartAsync(settings => settings with { LogPath = path }))
            {
                using var answer = await engine.Http.GetAsync("/api/v1/collections");
                trace = answer.Headers.GetValues("X-Trace-Id").Single();
            }

            (await File.ReadAllLinesAsync(path)).Select(line => JsonDocument.Parse(line).RootElement)
                .Should().ContainSingle(line => line.GetProperty("trace_id").GetString() == trace)
                .Which.GetProperty("route").GetString().Should().Be("collection-list");
        }
        finally
        {
            File.Delete(path);
        }
    }
}
