using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using AkiDb.SearchEngine.Limits;
using AkiDb.SearchEngine.Security;

namespace AkiDb.Integration.Tests.SearchEngine;

public sealed class KeyAndLimitTests
{
    [Fact]
    public async Task Keys_EachScope_AllowsItsOwnAndNothingElse()
    {
        var folder = Directory.CreateTempSubdirectory("akidb-keys-");
        var path = Path.Combine(folder.FullName, "keys.json");
        var keys = new[] { KeyScopes.Read, KeyScopes.Write, KeyScopes.Admin }.Select(scope => (Key: ApiKey.Create(scope.ToString(), scope, out var text), Text: text)).ToList();
        await File.WriteAllTextAsync(path, KeyFile.Text(keys.Select(one => one.Key)));
        await using var engine = await EngineUnderTest.StartAsync(settings => settings with { IsOpen = false, KeysPath = path });
        var (read, write, admin) = (keys[0].Text, keys[1].Text, keys[2].Text);

        (await StatusAsync(null, "/api/v1/collections", """{"name":"things"}""")).Should().Be(401);
        (await StatusAsync("akidb_0123456789ab_" + new string('0', 64), "/api/v1/collections", null)).Should().Be(401);
        (await StatusAsync(read[..^1] + (read[^1] == '0' ? '1' : '0'), "/api/v1/collections", null)).Should().Be(401);
        (await StatusAsync(read, "/api/v1/collections", """{"name":"things"}""")).Should().Be(403);
        (await StatusAsync(admin, "/api/v1/collections", """{"name":"things"}""")).Should().Be(201);
        (await StatusAsync(read, "/api/v1/collections/things/documents", """{"documents":[{"id":"a","text":"t"}]}""")).Should().Be(403);
        (await StatusAsync(write, "/api/v1/collections/things/documents", """{"documents":[{"id":"a","text":"t"}]}""")).Should().Be(200);
        (await StatusAsync(read, "/api/v1/collections/things/query", """{"text":"t"}""")).Should().Be(200);
        (await StatusAsync(write, "/api/v1/collections/things/query", """{"text":"t"}""")).Should().Be(403);
        (await StatusAsync(read, "/api/v1/collections/things/export", null)).Should().Be(403);
        (await StatusAsync(null, "/healthz/ready", null)).Should().Be(200, "probes have no key");

        // A key taken out of the file is refused without a restart.
        await File.WriteAllTextAsync(path, KeyFile.Text([keys[2].Key]));
        await EngineUnderTest.EventuallyAsync(async () => await StatusAsync(read, "/api/v1/collections", null) == 401, "the key is no longer accepted");
        (await StatusAsync(admin, "/api/v1/collections", null)).Should().NotBe(401);
        await File.WriteAllTextAsync(path, KeyFile.Text([]));
        await EngineUnderTest.EventuallyAsync(async () => await StatusAsync(admin, "/api/v1/collections", null) == 401, "the last key is no longer accepted");
        folder.Delete(recursive: true);

        async Task<int> StatusAsync(string? key, string to, string? body)
        {
            using var request = new HttpRequestMessage(body is null ? HttpMethod.Get : HttpMethod.Post, to);
            request.Content = body is null ? null : new StringContent(body, System.Text.Encoding.UTF8, "application/json");
            if (key is not null)
            {
                request.Headers.Add("Authorization", $"Bearer {key}");
            }

            using var answer = await engine.Http.SendAsync(request);
            if ((int)answer.StatusCode is 401)
            {
                answer.Headers.WwwAuthenticate.Should().NotBeEmpty();
            }

            return (int)answer.StatusCode;
        }
    }

    [Fact]
    public async Task Queue_Full_AnswersAtOnceWith429()
    {
        var gate = new TaskCompletionSource();
        await using var engine = await EngineUnderTest.StartAsync(
            settings => settings with { Limits = new RequestLimits { Queries = 1, Queue = 2 } }, new HashedTextEmbedder(gate: gate.Task));

        var requests = Enumerable.Range(0, 8).Select(_ => engine.PostAsync("/api/v1/embed", new JsonObject { ["texts"] = new JsonArray("x") })).ToList();
        await EngineUnderTest.EventuallyAsync(() => Task.FromResult(requests.Count(request => request.IsCompleted) >= 5), "those for whom there is no room are answered");
        gate.SetResult();
        var answers = await Task.WhenAll(requests);

        var refused = answers.Where(answer => answer.StatusCode == HttpStatusCode.TooManyRequests).ToList();
        answers.Count(answer => answer.IsSuccessStatusCode).Should().Be(3, "one is served and two wait");
        refused.Should().HaveCount(5);
        (await EngineUnderTest.ProblemAsync(refused[0], 429))["title"]!.GetValue<string>().Should().Be("Too many requests");
        refused[0].Headers.RetryAfter!.Delta.Should().Be(TimeSpan.FromSeconds(1));
        (await engine.Http.GetStringAsync("/metrics")).Should().Contain("akidb_search_refused_total");
    }

    [Fact]
    public async Task Timeout_SlowModel_AnswersWith504()
    {
        await using var engine = await EngineUnderTest.StartAsync(
            settings => settings with { Limits = new RequestLimits { QueryTimeout = TimeSpan.FromMilliseconds(100) } }, new HashedTextEmbedder(gate: new TaskCompletionSource().Task));

        await EngineUnderTest.ProblemAsync(await engine.PostAsync("/api/v1/embed", new JsonObject { ["texts"] = new JsonArray("x") }), 504);
    }

    [Fact]
    public async Task Timeout_WhileOthersAreServed_CountsTheWait()
    {
        var limits = new RequestLimits { Queries = 1, QueryTimeout = TimeSpan.FromSeconds(3) };
        await using var engine = await EngineUnderTest.StartAsync(settings => settings with { Limits = limits }, new HashedTextEmbedder(gate: new TaskCompletionSource().Task));
        var began = Stopwatch.GetTimestamp();

        var answers = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => engine.PostAsync("/api/v1/embed", new JsonObject { ["texts"] = new JsonArray("x") })));

        answers.Should().OnlyContain(answer => answer.StatusCode == HttpStatusCode.GatewayTimeout);
        Stopwatch.GetElapsedTime(began).Should().BeLessThan(TimeSpan.FromSeconds(8), "one after the other they would have had nine");
    }

    [Fact]
    public async Task Body_ThatArrivesSlowly_TakesNobodysTurn()
    {
        await using var engine = await EngineUnderTest.StartAsync(settings => settings with { Limits = new RequestLimits { Queries = 1, Queue = 0 } });
        using var slow = new TcpClient();
        await slow.ConnectAsync(engine.Http.BaseAddress!.Host, engine.Http.BaseAddress.Port);
        await slow.GetStream().WriteAsync("POST /api/v1/embed HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 15\r\n\r\n{\"texts\""u8.ToArray());
        await EngineUnderTest.EventuallyAsync(async () => (await engine.GetAsync("/api/v1/status"))["in_flight"]!.GetValue<int>() > 1, "the slow request is there");

        using (var other = await engine.PostAsync("/api/v1/embed", new JsonObject { ["texts"] = new JsonArray("x") }))
        {
            other.StatusCode.Should().Be(HttpStatusCode.OK);
        }

        await slow.GetStream().WriteAsync(":[\"x\"]}"u8.ToArray());
        using var reader = new StreamReader(slow.GetStream());
        (await reader.ReadLineAsync()).Should().Be("HTTP/1.1 200 OK");
    }

    [Fact]
    public async Task Body_TooLarge_IsRefusedAndImportIsNot()
    {
        await using var engine = await EngineUnderTest.StartAsync(settings => settings with { Limits = new RequestLimits { BodyBytes = 1024 * 1024 } });
        await engine.CreateAsync();
        var large = new string(' ', 2 * 1024 * 1024);

        await EngineUnderTest.ProblemAsync(await engine.PostTextAsync("/api/v1/embed", large + """{"texts":["x"]}"""), 413);

        var lines = string.Join('\n', Enumerable.Range(0, 30).Select(i => $$"""{"id":"d{{i}}","text":"{{new string('t', 60_000)}}"}"""));
        using var answer = await engine.PostTextAsync("/api/v1/collections/things/import", lines, "application/x-ndjson");
        answer.StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Stop_UnderLoad_FinishesWhatIsUnderWay()
    {
        var gate = new TaskCompletionSource();
        var engine = await EngineUnderTest.StartAsync(
            settings => settings with { DrainDelay = TimeSpan.FromSeconds(2) }, new HashedTextEmbedder(gate: gate.Task));
        var underWay = Enumerable.Range(0, 8).Select(_ => engine.PostAsync("/api/v1/embed", new JsonObject { ["texts"] = new JsonArray("x") })).ToList();
        await EngineUnderTest.EventuallyAsync(async () => (await engine.GetAsync("/api/v1/status"))["in_flight"]!.GetValue<int>() > 1, "requests are under way");

        var stop = engine.StopAsync();
        using (var ready = await engine.Http.GetAsync("/healthz/ready"))
        {
            ready.StatusCode.Should().Be(HttpStatusCode.ServiceUnavailable, "readiness ends before the connections do");
            ready.Headers.GetValues("X-Draining").Should().Equal("1");
        }

        gate.SetResult();
        (await Task.WhenAll(underWay)).Should().OnlyContain(answer => answer.StatusCode == HttpStatusCode.OK);
        await stop;
        await engine.DisposeAsync();
    }
}
