using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace AkiDb.Integration.Tests.SearchEngine;

/// <summary>A thousand requests that no client should send, drawn from a seed.</summary>
public sealed class MalformedRequestTests
{
    private const int Requests = 1_000;
    private const int Seed = 20_261_122;

    private static readonly string[] Posts =
    [
        "/api/v1/collections", "/api/v1/collections/things/documents", "/api/v1/collections/things/query", "/api/v1/embed",
        "/api/v1/collections/things/documents/get", "/api/v1/collections/things/documents/delete", "/api/v1/collections/things/import",
    ];

    [Fact]
    public async Task AThousand_AllGet4xxProblemDetails_AndTheServerLives()
    {
        await using var engine = await EngineUnderTest.StartAsync();
        await engine.CreateAsync();
        await engine.PutAsync(EngineUnderTest.Text("a", "a good document"));
        var random = new Random(Seed);
        var statuses = new SortedDictionary<int, int>();
        for (var i = 0; i < Requests; i++)
        {
            using var request = Draw(random);
            var what = $"request {i}: {request.Method} {request.RequestUri} {(request.Content is null ? "" : await request.Content.ReadAsStringAsync())}";
            using var answer = await engine.Http.SendAsync(request);
            var status = (int)answer.StatusCode;
            var text = await answer.Content.ReadAsStringAsync();
            status.Should().BeInRange(400, 499, "{0}\n{1}", what[..Math.Min(what.Length, 400)], text);
            await EngineUnderTest.ProblemAsync(answer, status);
            statuses[status] = statuses.GetValueOrDefault(status) + 1;
        }

        statuses[400].Should().BeGreaterThan(500, "most are refused for what they say, not for where they were sent");
        (await engine.QueryAsync(new JsonObject { ["text"] = "a good document" })).Should().Equal("a");
        (await engine.GetAsync("/api/v1/collections"))["collections"]!.AsArray().Should().ContainSingle("nothing malformed may have had an effect");
        (await engine.GetAsync("/api/v1/collections/things"))["documents"]!.GetValue<int>().Should().Be(1);
    }

    private static HttpRequestMessage Draw(Random random)
    {
        switch (random.Next(10))
        {
            case 0:
                return new HttpRequestMessage(Pick(random, HttpMethod.Get, HttpMethod.Delete), Pick(random,
                    "/api/v1/collections/..%2f..%2fetc", "/api/v1/collections/%2e%2e/%2e%2e/x", "/api/v1/collections/THINGS", "/api/v1/collections/things/documents/%ff%fe",
                    "/api/v1//collections/things", "/etc/passwd", "/api/v1/collections/things%20or%201=1", "/api/v1/collections/things/documents/" + new string('x', 3_000),
                    "/api/v1/collections/%F0%9F%A6%86", "/api/v2/collections", "/api/v1/collections/things/documents/a%2f..%2fb?include=everything", "/console.js.map"));
            case 1:
                return new HttpRequestMessage(Pick(random, HttpMethod.Put, HttpMethod.Patch, HttpMethod.Delete), Pick(random, "/api/v1/collections", "/api/v1/embed", "/healthz/live", "/"));
            case 2:
                return Post(Pick(random, Posts[..6]), Encoding.UTF8.GetBytes("""{"name":"x","dimension":4}"""), Pick(random, "text/plain", "application/xml", "multipart/form-data; boundary=x"));
            case 3:
                return Post(Pick(random, Posts), Broken(random), "application/json");
            default:
                var (path, body) = Wrong(random);
                return Post(path, Encoding.UTF8.GetBytes(body), "application/json");
        }
    }

    // Valid beginnings cut off, bytes that are no UTF-8, noise, and too much nesting.
    private static byte[] Broken(Random random)
    {
        const string good = """{"documents":[{"id":"z","text":"hello","metadata":{"a":[1,2,{"b":"c"}]}}]}""";
        switch (random.Next(5))
        {
            case 0:
                return Encoding.UTF8.GetBytes(good[..random.Next(1, good.Length - 1)]);
            case 1:
                var bytes = Encoding.UTF8.GetBytes(good);
                bytes[good.IndexOf("hello", StringComparison.Ordinal) + random.Next(5)] = (byte)random.Next(0x80, 0x100);
                return bytes;
            case 2:
                var noise = new byte[random.Next(1, 200)];
                random.NextBytes(noise);
                return [(byte)'{', .. noise];
            case 3:
                var depth = random.Next(100, 20_000);
                return Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(Pick(random, "[", """{"a":"""), depth)));
            default:
                return Encoding.UTF8.GetBytes(Pick(random, "null", "[]", "\"text\"", "17", "{}}", "{\"a\":1,}", "{'a':1}", "// comment\n{}", "{\"documents\":[{\"id\":\"\\ud800\",\"text\":\"x\"}]}", "{\"texts\":NaN}"));
        }
    }

    private static (string Path, string Body) Wrong(Random random)
    {
        var vector = string.Join(',', Enumerable.Range(0, Pick(random, 0, 1, 63, 65, 5_000)).Select(i => i + 1));
        var poison = "[" + string.Join(',', Enumerable.Range(0, 64).Select(i => i == 17 ? Pick(random, "1e999", "-1e999", "3e38,3e38", "null", "\"1\"", "NaN", "Infinity", "{}") : "0.5")) + "]";
        const string documents = "/api/v1/collections/things/documents";
        const string query = "/api/v1/collections/things/query";
        return random.Next(12) switch
        {
            0 => (query, $$"""{"vector":[{{vector}}]}"""),
            1 => (query, $$"""{"vector":{{poison}}}"""),
            2 => (query, $$"""{"text":"x","k":{{Pick(random, "0", "-1", "1001", "1e9", "99999999999999999999", "2.5", "\"10\"", "null")}}}"""),
            3 => (query, $$"""{"text":"x","ef":{{Pick(random, "0", "-5", "4097", "2147483648")}}}"""),
            4 => (query, $$"""{"text":"x","filter":{{Pick(random, "1", "[]", "{}", """{"field":"a"}""", """{"field":"a","eq":{}}""", """{"all":{}}""", """{"x":1}""", """{"field":"\ud800","eq":1}""",
                string.Concat(Enumerable.Repeat("""{"not":""", 12)) + """{"field":"a","eq":1}""" + new string('}', 12))}}}"""),
            5 => (query, Pick(random, """{"text":"x","vector":[1]}""", "{}", """{"text":"x","include":["all"]}""", """{"text":"x","include":"text"}""", """{"text":"x","text":"y"}""", """{"Text":"x"}""",
                $$"""{"text":"{{new string('y', 70_000)}}"}""")),
            6 => (documents, $$"""{"documents":[{"id":"z","vector":{{poison}}}]}"""),
            7 => (documents, Pick(random, """{"documents":[]}""", """{"documents":[null]}""", """{"documents":[{"id":"z"}]}""", """{"documents":[{"text":"z"}]}""", """{"documents":[{"id":"","text":"z"}]}""",
                """{"documents":[{"id":"a\u0000b","text":"z"}]}""", $$"""{"documents":[{"id":"{{new string('i', 600)}}","text":"z"}]}""",
                $$"""{"documents":[{{string.Join(',', Enumerable.Repeat("""{"id":"z","text":"t"}""", 1_001))}}]}""")),
            8 => (documents, $$"""{"documents":[{"id":"z","text":"t","metadata":{{Pick(random, "[]", "1", "\"m\"", """{"a":1e400}""", """{"a":"\udfff"}""",
                string.Concat(Enumerable.Repeat("""{"a":""", 10)) + "1" + new string('}', 10), "{" + string.Join(',', Enumerable.Range(0, 300).Select(i => $"\"k{i}\":{i}")) + "}")}}}]}"""),
            9 => ("/api/v1/collections", Pick(random, """{"name":"../x","dimension":4}""", """{"name":"x","dimension":0}""", """{"name":"x","dimension":4097}""", """{"name":"x","dimension":-1}""",
                """{"name":"x","dimension":4,"metric":"best"}""", """{"name":"x","dimension":4,"m":1000}""", """{"name":null,"dimension":4}""", """{"dimension":4}""",
                """{"name":"x","dimension":4,"structure":"flat","quantization":"int8"}""", """{"name":"x","dimension":5,"model":"hashed-words"}""")),
            10 => ("/api/v1/embed", Pick(random, "{}", """{"texts":[]}""", """{"texts":[null]}""", """{"texts":"x"}""", """{"texts":["x"],"model":7}""", $$"""{"texts":[{{string.Join(',', Enumerable.Repeat("\"t\"", 1_001))}}]}""")),
            _ => (documents + Pick(random, "/get", "/delete"), Pick(random, "{}", """{"ids":[]}""", """{"ids":"a"}""", """{"ids":["a"],"filter":{"field":"a","eq":1}, "x":1}""", """{"filter":{"field":"a"}}""")),
        };
    }

    private static HttpRequestMessage Post(string path, byte[] body, string contentType)
    {
        var content = new ByteArrayContent(body);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        return new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
    }

    private static T Pick<T>(Random random, params T[] choices) => choices[random.Next(choices.Length)];
}
