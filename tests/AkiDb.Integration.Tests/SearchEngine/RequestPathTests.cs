using System.Net;
using System.Text.Json.Nodes;

namespace AkiDb.Integration.Tests.SearchEngine;

/// <summary>Paths as clients send them: ids that need encoding, segments that a server resolves, methods that a path does not take.</summary>
public sealed class RequestPathTests
{
    private const string Documents = "/api/v1/collections/things/documents";

    // Each has characters that a URL encodes, or that look like an encoding of another id.
    private static readonly string[] Ids = ["a/b", "a%2Fb", "a%252Fb", "a b", "a%20b", "/a", "a/", "a//b", "a?b=c#d", "grün/ö", "get", "...", "a..b", "documents/x"];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Id_Encoded_NamesItsDocumentAndNoOther(bool throughReader)
    {
        using var place = new ReaderTests.Place();
        await using var writer = await EngineUnderTest.StartAsync(settings => settings with { PublishTo = place.Path });
        await writer.CreateAsync();
        var written = await writer.PutAsync([.. Ids.Select(id => EngineUnderTest.Text(id, id))]);
        await using var reader = throughReader ? await ReaderTests.StartReaderAsync(place, writer) : null;
        var engine = reader ?? writer;
        if (reader is not null)
        {
            await ReaderTests.ReachAsync(reader, written["sequence"]!.GetValue<long>());
        }

        foreach (var id in Ids)
        {
            using var answer = await SendAsync(engine, HttpMethod.Get, $"{Documents}/{Uri.EscapeDataString(id)}?include=text");
            var text = await answer.Content.ReadAsStringAsync();
            answer.StatusCode.Should().Be(HttpStatusCode.OK, "{0}: {1}", id, text);
            JsonNode.Parse(text)!["id"]!.GetValue<string>().Should().Be(id);
        }

        for (var i = 0; i < Ids.Length; i++)
        {
            using var answer = await SendAsync(engine, HttpMethod.Delete, $"{Documents}/{Uri.EscapeDataString(Ids[i])}");
            answer.StatusCode.Should().Be(HttpStatusCode.OK, Ids[i]);
            var rest = await writer.MustPostAsync(Documents + "/get", new JsonObject { ["ids"] = new JsonArray([.. Ids.Select(id => JsonValue.Create(id))]) });
            rest["documents"]!.AsArray().Select(one => one!["id"]!.GetValue<string>()).Should().Equal(Ids[(i + 1)..]);
        }
    }

    [Theory]
    [InlineData("/api/v1/collections/things/documents/%2e%2e")]
    [InlineData("/api/v1/collections/things/documents/..")]
    [InlineData("/api/v1/collections/things/documents/%2E")]
    [InlineData("/api/v1/collections/things/documents/.%2e/documents/a")]
    [InlineData("/api/v1/collections/things/documents/./a")]
    [InlineData("/api/v1/../v1/collections/things")]
    [InlineData("/x/%2e%2e/api/v1/collections/things?include=text")]
    public async Task Path_WithDotSegment_IsRefusedAndNothingIsDeleted(string path)
    {
        await using var engine = await EngineUnderTest.StartAsync();
        await engine.CreateAsync();
        await engine.PutAsync(EngineUnderTest.Text("a", "text"));

        foreach (var method in new[] { HttpMethod.Get, HttpMethod.Delete })
        {
            using var answer = await SendAsync(engine, method, path);
            (await EngineUnderTest.ProblemAsync(answer, 400))["detail"]!.GetValue<string>().Should().Contain("'.' or '..'");
        }

        (await engine.GetAsync("/api/v1/collections/things"))["documents"]!.GetValue<int>().Should().Be(1);
    }

    [Theory]
    [InlineData("..")]
    [InlineData(".")]
    [InlineData("a/../b")]
    [InlineData("./a")]
    [InlineData("a/..")]
    public async Task Id_WithDotSegment_IsRefused(string id)
    {
        await using var engine = await EngineUnderTest.StartAsync();
        await engine.CreateAsync();

        using var answer = await engine.PostAsync(Documents, new JsonObject { ["documents"] = new JsonArray(EngineUnderTest.Text(id, "text")) });

        (await EngineUnderTest.ProblemAsync(answer, 400))["detail"]!.GetValue<string>().Should().StartWith("documents[0]: id ").And.Contain("'.' or '..'");
    }

    [Theory]
    [InlineData("GET", "")]
    [InlineData("DELETE", "")]
    [InlineData("GET", "/")]
    [InlineData("DELETE", "/")]
    [InlineData("PUT", "")]
    public async Task Documents_WithoutId_TakesOnlyPostAndNamesExport(string method, string end)
    {
        await using var engine = await EngineUnderTest.StartAsync();
        await engine.CreateAsync();

        using var answer = await SendAsync(engine, HttpMethod.Parse(method), Documents + end);

        (await EngineUnderTest.ProblemAsync(answer, 405))["detail"]!.GetValue<string>().Should().Contain(method).And.Contain("export");
        answer.Content.Headers.Allow.Should().Equal("POST");
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/healthz/live")]
    [InlineData("/healthz/ready")]
    public async Task Head_OfPageAndHealth_AnswersAsGetWithoutBody(string path)
    {
        await using var engine = await EngineUnderTest.StartAsync();

        using var answer = await SendAsync(engine, HttpMethod.Head, path);

        answer.StatusCode.Should().Be(HttpStatusCode.OK);
        (await answer.Content.ReadAsByteArrayAsync()).Should().BeEmpty();
    }

    [Theory]
    [InlineData("/get")]
    [InlineData("/delete")]
    public async Task Ids_WithNull_AreRefused(string end)
    {
        await using var engine = await EngineUnderTest.StartAsync();
        await engine.CreateAsync();

        using var answer = await engine.PostTextAsync(Documents + end, """{"ids":["a",null]}""");

        (await EngineUnderTest.ProblemAsync(answer, 400))["detail"]!.GetValue<string>().Should().Contain("ids[1] is null");
    }

    [Theory]
    [InlineData("{", 400, "not valid JSON")]
    [InlineData("""{"ids":["a" """, 400, "not valid JSON")]
    [InlineData("""{"ids":[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]}""", 400, "wrong type")]
    [InlineData("""{"filter":[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]}""", 400, "nested more than 32 levels deep")]
    public async Task Body_ThatIsNoJson_IsToldWhatItIs(string body, int status, string detail)
    {
        await using var engine = await EngineUnderTest.StartAsync();
        await engine.CreateAsync();

        using var answer = await engine.PostTextAsync(Documents + "/delete", body);

        (await EngineUnderTest.ProblemAsync(answer, status))["detail"]!.GetValue<string>().Should().Contain(detail);
    }

    [Theory]
    [InlineData("/documents", "text/plain")]
    [InlineData("/query", null)]
    [InlineData("/import", "application/json")]
    public async Task ContentType_ThatIsNotTaken_IsNamedWithWhatIs(string end, string? contentType)
    {
        await using var engine = await EngineUnderTest.StartAsync();
        await engine.CreateAsync();
        using var content = new StringContent("{}");
        content.Headers.ContentType = contentType is null ? null : new(contentType);

        using var answer = await engine.Http.PostAsync("/api/v1/collections/things" + end, content);

        var problem = await EngineUnderTest.ProblemAsync(answer, 415);
        problem["title"]!.GetValue<string>().Should().Be("Unsupported media type");
        problem["detail"]!.GetValue<string>().Should().Contain($"'{contentType}'").And.Contain(end == "/import" ? "application/x-ndjson" : "application/json");
    }

    // A Uri of the usual kind would resolve dot segments and decode what need not be encoded.
    private static Task<HttpResponseMessage> SendAsync(EngineUnderTest engine, HttpMethod method, string target) =>
        engine.Http.SendAsync(new HttpRequestMessage(method, new Uri(engine.Http.BaseAddress!.GetLeftPart(UriPartial.Authority) + target,
            new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true })));
}
