using System.Text.Json;
using AkiDb.Local.Scoreboard;
using AkiDb.TestKit;

namespace AkiDb.Integration.Tests.Local;

/// <summary>A run that is told to end.</summary>
[Collection(nameof(LocalRuns))]
public sealed class TerminationTests
{
    [Fact]
    public async Task Termination_OfARun_EndsEveryServerAndPrintsTheReport()
    {
        using var folder = new TemporaryFolder();
        var record = folder.At("record");
        await using var run = await LocalUnderTest.StartAsync(["--json", "--record", record]);
        await Task.Delay(TimeSpan.FromSeconds(8));

        run.Terminate();

        (await run.WaitForEndAsync(TimeSpan.FromSeconds(30))).Should().Be(0, run.Said);
        var report = JsonSerializer.Deserialize<RunReport>(run.Answer, JsonSerializerOptions.Web)!;
        report.Kinds.Single(kind => kind.Kind == "all").Requests.Should().BePositive();
        report.Scaling.Select(scaling => scaling.Policy).Should().Equal("predictive", "hpa-80");
        LocalUnderTest.Leftovers().Should().BeEmpty();
        Directory.GetFileSystemEntries(record).Select(Path.GetFileName).Should().BeEquivalentTo("samples.ndjson", "events.ndjson", "report.json", "prometheus");
    }
}
