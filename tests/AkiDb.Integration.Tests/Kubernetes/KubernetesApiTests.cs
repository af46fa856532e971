using System.Net;
using System.Text.Json.Nodes;
using AkiDb.Kubernetes;
using AkiDb.StandIns.Kubernetes;

namespace AkiDb.Integration.Tests.Kubernetes;

public sealed class KubernetesApiTests
{
    private const string Map = "/api/v1/namespaces/akidb/configmaps/settings";
    private static readonly RoleRule[] Rules = [new([""], ["configmaps"], ["get", "watch", "patch", "update", "create"], [])];

    [Fact]
    public async Task Token_RenewedOnDisk_IsUsedFromTheNextCallOn()
    {
        await using var server = await FakeApiServer.StartAsync(Rules);
        server.PutConfigMap("akidb", "settings", ("a", "1"));
        using var api = Connect(server);
        await api.GetAsync(Map, CancellationToken.None);

        server.ReplaceToken("second-token");

        (await api.GetAsync(Map, CancellationToken.None))["data"]!["a"]!.ToString().Should().Be("1");
    }

    [Fact]
    public async Task Server_OfAnotherAuthority_IsNotTalkedTo()
    {
        await using var server = await FakeApiServer.StartAsync(Rules);
        await using var stranger = await FakeApiServer.StartAsync(Rules);
        using var api = KubernetesApi.Connect(server.Url, server.TokenFile, stranger.AuthorityFile);

        await FluentActions.Awaiting(() => api.GetAsync(Map, CancellationToken.None)).Should().ThrowAsync<HttpRequestException>().WithMessage("*SSL*");

        server.Calls.Should().BeEmpty("the token must not reach it");
    }

    [Fact]
    public async Task Patch_OfAnOutdatedVersion_IsAConflict()
    {
        await using var server = await FakeApiServer.StartAsync(Rules);
        server.PutConfigMap("akidb", "settings", ("a", "1"));
        using var api = Connect(server);
        var read = await api.GetAsync(Map, CancellationToken.None);
        server.PutConfigMap("akidb", "settings", ("a", "2"));

        var patch = new JsonObject { ["metadata"] = new JsonObject { ["resourceVersion"] = read["metadata"]!["resourceVersion"]!.ToString() }, ["data"] = new JsonObject { ["a"] = "3" } };
        var refused = (await FluentActions.Awaiting(() => api.PatchAsync(Map, patch, CancellationToken.None)).Should().ThrowAsync<KubernetesException>()).Which;

        refused.IsConflict.Should().BeTrue();
        refused.Message.Should().Contain("PATCH").And.Contain("the object has been modified");
    }

    [Fact]
    public async Task Refusal_TellsStatusReasonAndHowLongToWait()
    {
        await using var server = await FakeApiServer.StartAsync(Rules);
        server.Fault = _ => new ApiFault { Status = 429, RetryAfterSeconds = 7 };
        using var api = Connect(server);

        var refused = (await FluentActions.Awaiting(() => api.GetAsync(Map, CancellationToken.None)).Should().ThrowAsync<KubernetesException>()).Which;

        refused.StatusCode.Should().Be(HttpStatusCode.TooManyRequests);
        refused.RetryAfter.Should().Be(TimeSpan.FromSeconds(7));
    }

    [Fact]
    public async Task Verb_ThatTheRoleDoesNotGrant_IsForbidden()
    {
        await using var server = await FakeApiServer.StartAsync(Rules);
        using var api = Connect(server);

        (await FluentActions.Awaiting(() => api.GetAsync("/api/v1/namespaces/akidb/secrets/keys", CancellationToken.None))
            .Should().ThrowAsync<KubernetesException>()).Which.Message.Should().Contain("403").And.Contain("cannot get resource \"secrets\"");
    }

    [Fact]
    public async Task Watch_AChangeAnOldVersionAndABrokenConnection_AllEndTheWait()
    {
        await using var server = await FakeApiServer.StartAsync(Rules);
        server.PutConfigMap("akidb", "settings", ("a", "1"));
        using var api = Connect(server);
        var version = (await api.GetAsync(Map, CancellationToken.None))["metadata"]!["resourceVersion"]!.ToString();

        var change = Wait(version);
        server.PutConfigMap("akidb", "settings", ("a", "2"));
        await change;

        server.Compact();
        await Wait(version);

        server.PutConfigMap("akidb", "settings", ("a", "3"));
        var now = (await api.GetAsync(Map, CancellationToken.None))["metadata"]!["resourceVersion"]!.ToString();
        var broken = Wait(now);
        // Only a watch that has begun can be dropped.
        while (!broken.IsCompleted)
        {
            server.DropWatches();
            await Task.Delay(50);
        }

        await FluentActions.Awaiting(() => broken).Should().ThrowAsync<Exception>().Where(e => e is HttpRequestException || e is IOException);

        Task Wait(string from) => api.WaitForChangeAsync(
            "/api/v1/namespaces/akidb/configmaps?fieldSelector=metadata.name%3Dsettings", from, TimeSpan.FromSeconds(30), CancellationToken.None);
    }

    [Fact]
    public async Task SlowAnswer_EndsAtTheLimit()
    {
        await using var server = await FakeApiServer.StartAsync(Rules);
        server.Fault = _ => new ApiFault { Delay = TimeSpan.FromMinutes(1) };
        using var api = KubernetesApi.Connect(server.Url, server.TokenFile, server.AuthorityFile, TimeSpan.FromMilliseconds(300));

        await FluentActions.Awaiting(() => api.GetAsync(Map, CancellationToken.None)).Should().ThrowAsync<OperationCanceledException>();
    }

    private static KubernetesApi Connect(FakeApiServer server) => KubernetesApi.Connect(server.Url, server.TokenFile, server.AuthorityFile);
}
