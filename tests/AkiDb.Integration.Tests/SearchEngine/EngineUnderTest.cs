using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using AkiDb.Embedding;
using AkiDb.SearchEngine.Hosting;
using AkiDb.SearchEngine.Store;
using AkiDb.TestKit;
using Microsoft.AspNetCore.Builder;

namespace AkiDb.Integration.Tests.SearchEngine;

/// <summary>A search engine in this process on a port of its own, and short ways to ask it.</summary>
internal sealed class EngineUnderTest : IAsyncDisposable
{
    private const int LongBody = 64 * 1024;

    private readonly WebApplication _app;
    private readonly DirectoryInfo? _folder;
    private bool _isStopped;

    private EngineUnderTest(WebApplication app, string url, DirectoryInfo? folder, string? data)
    {
        (_app, _folder, Data) = (app, folder, data);
        Http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = new Uri(url), Timeout = TimeSpan.FromSeconds(60) };
    }

    public HttpClient Http { get; }

    /// <summary>Folder of the store; null for a process that only embeds.</summary>
    public string? Data { get; }

    /// <summary>Starts one.</summary>
    /// <param name="change">Changes to the settings of a local writer without keys.</param>
    /// <param name="embedder">The model. Default: words by hash.</param>
    public static async Task<EngineUnderTest> StartAsync(Func<EngineSettings, EngineSettings>? change = null, ITextEmbedder? embedder = null)
    {
        var folder = Directory.CreateTempSubdirectory("akidb-engine-");
        var url = $"http://127.0.0.1:{FreePort.Next()}";
        var settings = new EngineSettings
        {
            DataPath = folder.FullName,
            Urls = url,
            IsOpen = true,
            LogPath = "none",
            DrainDelay = TimeSpan.Zero,
            PublishInterval = TimeSpan.FromMilliseconds(50),
        };
        settings = change?.Invoke(settings) ?? settings;
        var app = SearchHost.Build(settings, embedder ?? new HashedTextEmbedder());
        await app.StartAsync();
        return new EngineUnderTest(app, url, folder, settings.DataPath);
    }

    public Task<HttpResponseMessage> PostAsync(string path, JsonNode body) => Http.PostAsJsonAsync(path, body);

    public async Task<HttpResponseMessage> PostTextAsync(string path, string body, string contentType = "application/json")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, Encoding.UTF8, contentType) };
        // A server that refuses a long body closes the connection: who still sends then may never see the answer.
        request.Headers.ExpectContinue = body.Length > LongBody;
        return await Http.SendAsync(request);
    }

    /// <summary>Posts and demands success.</summary>
    public async Task<JsonNode> MustPostAsync(string path, JsonNode body)
    {
        using var answer = await PostAsync(path, body);
        var text = await answer.Content.ReadAsStringAsync();
        answer.IsSuccessStatusCode.Should().BeTrue(text);
        return JsonNode.Parse(text)!;
    }

    public async Task<JsonNode> GetAsync(string path) => JsonNode.Parse(await Http.GetStringAsync(path))!;

    /// <summary>Makes the collection "things", of texts or of vectors of some dimension.</summary>
    public Task<JsonNode> CreateAsync(int? dimension = null, string name = "things") => MustPostAsync("/api/v1/collections",
        dimension is null ? new JsonObject { ["name"] = name } : new JsonObject { ["name"] = name, ["dimension"] = dimension });

    public Task<JsonNode> PutAsync(params JsonObject[] documents) =>
        MustPostAsync("/api/v1/collections/things/documents", new JsonObject { ["documents"] = new JsonArray([.. documents]) });

    public static JsonObject Text(string id, string text, JsonObject? metadata = null) => new() { ["id"] = id, ["text"] = text, ["metadata"] = metadata ?? [] };

    /// <summary>Ids that a query of "things" gives.</summary>
    public async Task<string[]> QueryAsync(JsonObject query) =>
        [.. (await MustPostAsync("/api/v1/collections/things/query", query))["matches"]!.AsArray().Select(match => match!["id"]!.GetValue<string>())];

    /// <summary>Changes a document's metadata in SQLite alone: the index knows nothing of it.</summary>
    public void Change(string id, string metadata)
    {
        using var connection = StoreDatabase.OpenForWriting(Path.Combine(Data!, SearchStore.DatabaseName), isRecord: false);
        using var command = connection.CreateCommand();
        command.CommandText = "UPDATE documents SET metadata = $metadata, sequence = 1 + (SELECT max(sequence) FROM documents) WHERE id = $id";
        command.Parameters.AddWithValue("$id", id);
        command.Parameters.AddWithValue("$metadata", metadata);
        command.ExecuteNonQuery().Should().Be(1);
    }

    /// <summary>Demands problem details and gives them.</summary>
    public static async Task<JsonNode> ProblemAsync(HttpResponseMessage answer, int status)
    {
        var text = await answer.Content.ReadAsStringAsync();
        ((int)answer.StatusCode).Should().Be(status, text);
        answer.Content.Headers.ContentType!.MediaType.Should().Be("application/problem+json");
        var problem = JsonNode.Parse(text)!;
        problem["status"]!.GetValue<int>().Should().Be(status);
        problem["title"]!.GetValue<string>().Should().NotBeEmpty();
        problem["detail"]!.GetValue<string>().Should().NotContain("   at ").And.NotContain("Exception");
        problem["trace_id"]!.GetValue<string>().Should().Be(answer.Headers.GetValues("X-Trace-Id").Single());
        return problem;
    }

    public static async Task EventuallyAsync(Func<Task<bool>> isTrue, string what)
    {
        for (var i = 0; i < 400; i++)
        {
            if (await isTrue())
            {
                return;
            }

            await Task.Delay(50);
        }

        throw new TimeoutException($"Within twenty seconds it did not happen that {what}.");
    }

    public async Task StopAsync()
    {
        if (!_isStopped)
        {
            _isStopped = true;
            await _app.StopAsync();
            await _app.DisposeAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Http.Dispose();
        _folder?.Delete(recursive: true);
    }
}
