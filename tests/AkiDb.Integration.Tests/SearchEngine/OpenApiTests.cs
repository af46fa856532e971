using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace AkiDb.Integration.Tests.SearchEngine;

/// <summary>The OpenAPI document against the server that gives it.</summary>
public sealed partial class OpenApiTests
{
    private const string Path = "/openapi/v1.json";
    private const string Collections = "/api/v1/collections";
    private const string OneCollection = Collections + "/{collection}";
    private const string Documents = OneCollection + "/documents";

    [Fact]
    public async Task Document_HasEveryRouteAndItsShapes()
    {
        await using var engine = await EngineUnderTest.StartAsync();

        var document = await engine.GetAsync(Path);

        Operations(document).Select(one => one.Name).Should().BeEquivalentTo(
            "get /healthz/live", "get /healthz/ready", "get /metrics", "get /api/v1/status", "post /api/v1/embed",
            "post /api/v1/collections", "get /api/v1/collections", "get /api/v1/collections/{collection}", "delete /api/v1/collections/{collection}",
            "post /api/v1/collections/{collection}/documents", "post /api/v1/collections/{collection}/documents/get", "post /api/v1/collections/{collection}/documents/delete",
            "get /api/v1/collections/{collection}/documents/{id}", "delete /api/v1/collections/{collection}/documents/{id}",
            "post /api/v1/collections/{collection}/query", "get /api/v1/collections/{collection}/export", "post /api/v1/collections/{collection}/import");
        var shapes = document["components"]!["schemas"]!;
        Names(shapes["QueryRequest"]!["properties"]!).Should().BeEquivalentTo("text", "vector", "k", "ef", "filter", "include");
        shapes["CreateRequest"]!["required"]!.AsArray().Select(name => name!.GetValue<string>()).Should().Equal("name");
        Names(shapes["CreateRequest"]!["properties"]!).Should().Contain("ef_construction");
        shapes["CreateRequest"]!["properties"]!["metric"]!["enum"]!.ToJsonString().Should().Be("""["cosine","dot","l2"]""");
        shapes.AsObject().Where(shape => shape.Key.EndsWith("Request", StringComparison.Ordinal)).Should().HaveCount(6)
            .And.OnlyContain(shape => !shape.Value!["additionalProperties"]!.GetValue<bool>(), "unknown fields are refused");
        var references = Reference().Matches(document.ToJsonString()).Select(match => match.Groups[1].Value).Distinct().ToList();
        references.Should().NotBeEmpty().And.OnlyContain(reference => new SchemaCheck(document).Resolve(reference) != null);
    }

    [Fact]
    public async Task Document_OfEachOperation_SaysItsAnswersItsKeyAndItsHeaders()
    {
        await using var engine = await EngineUnderTest.StartAsync();

        var operations = Operations(await engine.GetAsync(Path)).ToList();

        foreach (var (name, operation) in operations)
        {
            var responses = operation["responses"]!.AsObject();
            responses.Where(response => response.Key.StartsWith('2')).Should().ContainSingle(name)
                .Which.Value!["content"]!.AsObject().Should().ContainSingle(name).Which.Value!["schema"].Should().NotBeNull(name);
            responses.Should().OnlyContain(response => response.Value!["headers"]!["X-Trace-Id"] != null, name);
            var isOpen = name is "get /healthz/live" or "get /healthz/ready" or "get /metrics";
            (operation["security"]?.AsArray().Count ?? 0).Should().Be(isOpen ? 0 : 2, name);
            responses.ContainsKey("401").Should().Be(!isOpen, name);
            responses.ContainsKey("415").Should().Be(operation["requestBody"] is not null, name);
        }

        JsonNode Of(string name) => operations.Single(one => one.Name == name).Operation;
        string[] Statuses(string name) => Names(Of(name)["responses"]!);
        Of($"get {OneCollection}/export")["security"]![0]!["key"]![0]!.GetValue<string>().Should().Be("admin");
        Statuses("get /healthz/ready").Should().BeEquivalentTo("200", "503");
        Statuses($"post {OneCollection}/query").Should().BeEquivalentTo("200", "400", "401", "403", "404", "409", "413", "415", "429", "503", "504");
        Statuses($"post {OneCollection}/import").Should().NotContain("413", "it may be of any length");
        Of($"post {OneCollection}/import")["requestBody"]!["content"]!["application/x-ndjson"].Should().NotBeNull();
        Of($"get {OneCollection}/export")["responses"]!["200"]!["content"]!["application/x-ndjson"].Should().NotBeNull();
        Of($"get {Documents}/{{id}}")["parameters"]!.AsArray().Select(one => one!["name"]!.GetValue<string>())
            .Should().BeEquivalentTo("collection", "id", "include", "X-Max-Staleness");
        Names(Of($"post {OneCollection}/query")["responses"]!["200"]!["headers"]!).Should().BeEquivalentTo("X-Trace-Id", "X-Sequence", "X-Staleness");
    }

    [Fact]
    public async Task Answers_OfARunningServer_AreAsTheDocumentSays()
    {
        await using var engine = await EngineUnderTest.StartAsync();
        var document = await engine.GetAsync(Path);
        var check = new SchemaCheck(document);
        var put = """{"documents":[{"id":"cat","text":"the cat rested","metadata":{"legs":4}},{"id":"tax","text":"tax returns"}]}""";
        var query = """
            {"text":"cat","k":5,"include":["metadata","text","vector"],
             "filter":{"any":[{"not":{"field":"legs","in":[1,2]}},{"all":[{"field":"legs","gte":4,"lt":5},{"field":"legs","exists":true}]}]}}
            """;

        await HoldsAsync("get", "/api/v1/status", 200);
        await HoldsAsync("post", Collections, 201, """{"name":"things","metric":"cosine","m":8}""");
        await HoldsAsync("post", Collections, 409, """{"name":"things"}""");
        await HoldsAsync("post", Documents, 200, put);
        await HoldsAsync("get", Collections, 200);
        await HoldsAsync("get", OneCollection, 200);
        await HoldsAsync("post", OneCollection + "/query", 200, query);
        await HoldsAsync("post", OneCollection + "/query", 400, "{}");
        await HoldsAsync("post", Documents + "/get", 200, """{"ids":["tax","cat"],"include":["metadata","text"]}""");
        await HoldsAsync("get", Documents + "/{id}", 200);
        await HoldsAsync("post", "/api/v1/embed", 200, """{"texts":["one"]}""");
        await HoldsAsync("post", "/api/v1/embed", 409, """{"texts":["one"],"model":"another"}""");
        await HoldsAsync("get", "/api/v1/status", 200);
        await HoldsAsync("delete", Documents + "/{id}", 200);
        await HoldsAsync("get", Documents + "/{id}", 404);
        await HoldsAsync("post", Documents + "/delete", 200, """{"ids":["tax"]}""");
        await HoldsAsync("delete", OneCollection, 200);

        async Task HoldsAsync(string method, string path, int status, string? body = null)
        {
            var operation = document["paths"]![path]![method]!;
            if (body is not null && status != 400)
            {
                check.Check(JsonNode.Parse(body), operation["requestBody"]!["content"]!["application/json"]!["schema"]!).Should().BeEmpty("a request that is served is one that the document allows");
            }

            var to = path.Replace("{collection}", "things", StringComparison.Ordinal).Replace("{id}", "cat", StringComparison.Ordinal);
            using var request = new HttpRequestMessage(new HttpMethod(method), to) { Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json") };
            using var answer = await engine.Http.SendAsync(request);
            var text = await answer.Content.ReadAsStringAsync();
            ((int)answer.StatusCode).Should().Be(status, text);
            var said = operation["responses"]![$"{status}"];
            said.Should().NotBeNull($"{method} {path} answered {status}");
            var schema = said!["content"]![answer.Content.Headers.ContentType!.MediaType!]!["schema"]!;
            check.Check(JsonNode.Parse(text), schema).Should().BeEmpty($"{method} {path} answered {text}");
        }
    }

    [Fact]
    public async Task Bounds_OneBeyond_AreRefused()
    {
        await using var engine = await EngineUnderTest.StartAsync();
        await engine.CreateAsync(dimension: 2);
        var shapes = (await engine.GetAsync(Path))["components"]!["schemas"]!;
        var tried = new List<string>();

        foreach (var (shape, path, body) in new[]
        {
            ("CreateRequest", Collections, """{"name":"other","dimension":2}"""),
            ("QueryRequest", Collections + "/things/query", """{"vector":[1,2]}"""),
        })
        {
            foreach (var (name, property) in shapes[shape]!["properties"]!.AsObject().Where(property => property.Value!["maximum"] is not null))
            {
                foreach (var wrong in new JsonNode[] { property!["minimum"]!.GetValue<int>() - 1, property["maximum"]!.GetValue<int>() + 1, "3" })
                {
                    var request = JsonNode.Parse(body)!;
                    request[name] = wrong;
                    await EngineUnderTest.ProblemAsync(await engine.PostAsync(path, request), 400);
                }

                tried.Add(name);
            }
        }

        tried.Should().BeEquivalentTo("dimension", "m", "ef_construction", "ef", "k", "ef");
    }

    private static IEnumerable<(string Name, JsonNode Operation)> Operations(JsonNode document) =>
        document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject().Select(method => ($"{method.Key} {path.Key}", method.Value!)));

    private static string[] Names(JsonNode node) => [.. node.AsObject().Select(property => property.Key)];

    [GeneratedRegex("\"\\$ref\":\"([^\"]+)\"")]
    private static partial Regex Reference();
}
