using System.Collections.Immutable;
using System.Net;
using System.Net.Http.Json;
using AkiDb.Infra.Components.Edge;
using AkiDb.SearchEngine.Security;
using AkiDb.TestKit;

namespace AkiDb.Integration.Tests.SearchEngine;

/// <summary>What runs with <c>--role embed</c>, started as the infrastructure says: the warm tier with the function's command and
/// environment, the boards' service with the command of its unit.</summary>
public sealed class DeployedEmbeddingsTests
{
    // What CloudFront puts in the place of the client's, when it signs for a function URL.
    private const string Signature = "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20261122/us-east-1/lambda/aws4_request, SignedHeaders=host, Signature=00";

    [Fact]
    public async Task WarmTier_AsDeclared_StartsAndAsksForAKeyBehindTheSignature()
    {
        var entry = ApiKey.Create("client", KeyScopes.Read, out var key);
        var plan = await ProgramPlan.OfAsync(() =>
        {
            var provider = new Pulumi.Aws.Provider("us-east-1", new Pulumi.Aws.ProviderArgs { Region = "us-east-1" });
            _ = new WarmEmbeddings("warm", new WarmEmbeddingsArgs
            {
                AccountId = ProgramPlan.AccountId,
                NamePrefix = "akidb-test",
                Location = new EdgeLocation("us-east-1", "us-east-1", provider),
                Image = "search-engine-lambda@sha256:0",
                KeyHashes = ImmutableSortedDictionary<string, string>.Empty.Add(entry.Id, Convert.ToHexStringLower(entry.Hash)),
                LogKeyArn = "arn:aws:kms:us-east-1:111122223333:key/1",
                LogRetentionDays = 30,
            });
        });
        var function = plan.Only("aws:lambda/function:Function");
        var hashes = function.Text("environment.variables.AKIDB_KEY_HASHES");
        hashes.Should().NotContain(key);

        await using var server = await StartAsync([$"AKIDB_KEY_HASHES={hashes}"], function.Texts("imageConfig.commands"));

        (await StatusAsync(server, Signature, $"Bearer {key}")).Should().Be(HttpStatusCode.OK);
        (await StatusAsync(server, Signature, null)).Should().Be(HttpStatusCode.Unauthorized, "the signature is CloudFront's, not a client's");
        (await StatusAsync(server, Signature, $"Bearer {key[..^1]}x")).Should().Be(HttpStatusCode.Unauthorized);
        (await StatusAsync(server, $"Bearer {key}", "Bearer other")).Should().Be(HttpStatusCode.Unauthorized, "the edge's header goes first");
    }

    [Fact]
    public async Task Board_AsItsUnitSays_StartsAndAsksForAKey()
    {
        var folder = Directory.CreateTempSubdirectory("akidb-board-");
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "keys.json"), KeyFile.Text([ApiKey.Create("router", KeyScopes.Read, out var key)]));
        var unit = await File.ReadAllLinesAsync(RepositoryFolder.At("runtime/jetson/systemd/akidb-edge.service"));
        unit.Should().Contain("LoadCredential=keys.json:/etc/akidb/keys.json");
        var command = unit.Single(line => line.StartsWith("ExecStart=", StringComparison.Ordinal)).Split(' ');

        // What systemd does: it puts the credentials' folder in.
        await using (var server = await StartAsync([], [.. command[1..].Select(argument => argument.Replace("${CREDENTIALS_DIRECTORY}", folder.FullName, StringComparison.Ordinal))]))
        {
            (await StatusAsync(server, $"Bearer {key}", null)).Should().Be(HttpStatusCode.OK);
            (await StatusAsync(server, "Bearer other", null)).Should().Be(HttpStatusCode.Unauthorized);
        }

        folder.Delete(recursive: true);
    }

    private static Task<ServerProcess> StartAsync(string[] environment, IEnumerable<string> arguments)
    {
        var port = FreePort.Next();
        return ServerProcess.UpAsync(new ServerProcess("env",
            [.. environment, "dotnet", Path.Combine(AppContext.BaseDirectory, "AkiDb.SearchEngine.dll"), .. arguments, "--log", "none", "--urls", $"http://127.0.0.1:{port}"],
            port, "the .NET SDK"));
    }

    private static async Task<HttpStatusCode> StatusAsync(ServerProcess server, string authorization, string? kept)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        using var request = new HttpRequestMessage(HttpMethod.Post, $"http://127.0.0.1:{server.Port}/api/v1/embed") { Content = JsonContent.Create(new { texts = new[] { "a text" } }) };
        request.Headers.TryAddWithoutValidation("Authorization", authorization);
        if (kept is not null)
            request.Headers.Add("x-akidb-authorization", kept);
        using var answer = await http.SendAsync(request);
        return answer.StatusCode;
    }
}
