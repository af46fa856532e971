using System.Net;
using System.Text.Json.Nodes;
using AkiDb.Infra.Components.Workloads;
using AkiDb.Infra.Plan;
using AkiDb.SearchEngine.Security;
using AkiDb.TestKit;

namespace AkiDb.Integration.Tests.SearchEngine;

/// <summary>The infrastructure writes the arguments, the executable takes them: writer and reader as the cluster would start them.</summary>
public sealed class DeployedArgumentsTests
{
    [Fact]
    public async Task Arguments_ThatTheComponentDeclares_StartAWriterAndAReaderThatFollowsIt()
    {
        var plan = await ProgramPlan.OfAsync(() => _ = new Infra.Components.Workloads.SearchEngine("search", new SearchEngineArgs
        {
            ModelBucket = "akidb-models",
            ModelKeyArn = "arn:aws:kms:eu-central-1:111122223333:key/1",
            IsHome = true,
            MinReplicas = 3,
            Settings = TestCluster.Settings("eu-central-1"),
        }));
        var folder = Directory.CreateTempSubdirectory("akidb-deployed-");
        var keys = Path.Combine(folder.FullName, "keys.json");
        await File.WriteAllTextAsync(keys, KeyFile.Text([ApiKey.Create("all", KeyScopes.Read | KeyScopes.Write | KeyScopes.Admin, out var key)]));

        // What only a cluster has is replaced: the volumes, the bucket, the writer's name.
        await using var writer = await SearchProcess.StartAsync(Arguments(plan.Only("kubernetes:apps/v1:StatefulSet"), "writer", null));
        writer.Http.DefaultRequestHeaders.Add("Authorization", $"Bearer {key}");
        await writer.MustPostAsync("/api/v1/collections", new JsonObject { ["name"] = "things", ["dimension"] = 2 });
        await using var reader = await SearchProcess.StartAsync(Arguments(plan.Only("kubernetes:apps/v1:Deployment"), "reader", writer.Http.BaseAddress!));
        reader.Http.DefaultRequestHeaders.Add("Authorization", $"Bearer {key}");
        var written = await reader.MustPostAsync("/api/v1/collections/things/documents", JsonNode.Parse("""{"documents":[{"id":"a","vector":[1,0]}]}""")!);
        written["count"]!.GetValue<int>().Should().Be(1);
        await EngineUnderTest.EventuallyAsync(async () => (await reader.Http.GetAsync("/api/v1/collections/things/documents/a")).StatusCode == HttpStatusCode.OK, "the document has come to the reader");

        (await reader.Http.GetStringAsync("/metrics")).Should().Contain("region=\"eu-central-1\",cluster=\"akidb-test\"");
        writer.Signal(15);
        (await writer.WaitForExitAsync(TimeSpan.FromSeconds(10))).Should().Be(0);
        await reader.DisposeAsync();
        folder.Delete(recursive: true);

        string[] Arguments(PlannedResource workload, string data, Uri? writerUrl)
        {
            var arguments = workload.Texts("spec.template.spec.containers[0].args");

            arguments.Should().Contain("s3://akidb-models/snapshots");
            return [.. arguments.Select(argument => argument switch
            {
                "/data" => Path.Combine(folder.FullName, data),
                "/etc/akidb/keys/keys.json" => keys,
                "s3://akidb-models/snapshots" => Path.Combine(folder.FullName, "bucket"),
                "http://akidb-writer:8080" => writerUrl!.ToString(),
                _ => argument,
            }), "--log", "none"];
        }
    }

    [Fact]
    public async Task Start_WrongSettings_SaysAllOfThemAndExitsWithTwo()
    {
        await using var process = SearchProcess.Start("serve", "--role", "reader", "--max-batch", "0");

        (await process.WaitForExitAsync(TimeSpan.FromSeconds(20))).Should().Be(2);
        var errors = string.Join('\n', process.Errors);
        errors.Should().Contain("--keys FILE is missing").And.Contain("--data DIR is missing").And.Contain("--follow PLACE is missing")
            .And.Contain("--max-batch is 0; wanted 1 to 10000");
    }
}
