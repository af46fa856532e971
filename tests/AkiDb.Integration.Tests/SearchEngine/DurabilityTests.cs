using System.Text.Json.Nodes;
using AkiDb.SearchEngine.Torture;

namespace AkiDb.Integration.Tests.SearchEngine;

/// <summary>The process is killed, files are damaged: what was acknowledged is there.</summary>
public sealed class DurabilityTests
{
    private const int Rounds = 5;

    [Fact]
    public async Task Kill_AtRandomMomentsUnderWrites_LosesNothingAcknowledged()
    {
        var folder = Directory.CreateTempSubdirectory("akidb-torture-");
        using var run = new TortureRun(folder.FullName, seed: 3, TextWriter.Null);

        var problems = await run.RunAsync(Rounds, CancellationToken.None);

        problems.Should().BeEmpty();
        run.Acknowledged.Should().BeGreaterThan(0, "a run in which nothing was written proves nothing");
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Restore_AfterTheDiskIsLost_BringsBackWhatWasPublished()
    {
        var folder = Directory.CreateTempSubdirectory("akidb-restore-");
        var (data, published) = (Path.Combine(folder.FullName, "data"), Path.Combine(folder.FullName, "published"));
        await using (var writer = await SearchProcess.StartAsync("serve", "--data", data, "--publish", published, "--publish-interval", "0.05", "--no-auth", "--log", "none", "--model", "none"))
        {
            await writer.MustPostAsync("/api/v1/collections", new JsonObject { ["name"] = "things", ["dimension"] = 2 });
            await writer.MustPostAsync("/api/v1/collections/things/documents", JsonNode.Parse("""{"documents":[{"id":"a","vector":[1,0]},{"id":"b","vector":[0,1]}]}""")!);
            await EngineUnderTest.EventuallyAsync(async () =>
                File.Exists(Path.Combine(published, "manifest.json")) && (await File.ReadAllTextAsync(Path.Combine(published, "manifest.json"))).Contains("\"sequence\": 3", StringComparison.Ordinal), "everything is published");
            await writer.KillAsync();
        }

        Directory.Delete(data, recursive: true);
        await using (var empty = SearchProcess.Start("serve", "--data", data, "--publish", published, "--no-auth", "--log", "none", "--model", "none"))
        {
            (await empty.WaitForExitAsync(TimeSpan.FromSeconds(20))).Should().Be(2, "an empty store must not be published over a full one");
        }

        Directory.Delete(data, recursive: true);
        await using (var restore = SearchProcess.Run("restore", "--data", data, "--from", published))
        {
            (await restore.WaitForExitAsync(TimeSpan.FromSeconds(20))).Should().Be(0, restore.LastError);
        }

        await using var again = await SearchProcess.StartAsync("serve", "--data", data, "--publish", published, "--no-auth", "--log", "none", "--model", "none");
        var answer = await again.MustPostAsync("/api/v1/collections/things/query", JsonNode.Parse("""{"vector":[0,1],"k":2}""")!);
        answer["matches"]!.AsArray().Select(match => match!["id"]!.GetValue<string>()).Should().Equal("b", "a");
        (await again.MustPostAsync("/api/v1/collections/things/documents", JsonNode.Parse("""{"documents":[{"id":"c","vector":[1,1]}]}""")!))["count"]!.GetValue<int>().Should().Be(1);
        await again.DisposeAsync();
        folder.Delete(recursive: true);
    }
}
