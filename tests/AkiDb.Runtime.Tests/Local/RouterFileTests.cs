using AkiDb.Local.Cluster;
using AkiDb.Local.Processes;
using AkiDb.Router.Configuration;

namespace AkiDb.Runtime.Tests.Local;

/// <summary>The router's configuration as a run writes it, read by the router's own parser.</summary>
public sealed class RouterFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("akidb-router-file-").FullName;

    [Fact]
    public async Task Write_ReadersOfBothKinds_IsAConfigurationTheRouterTakes()
    {
        await using var process = ChildProcess.Start("none", _folder, ["/bin/sh", "-c", "sleep 60"]);
        Reader Reader(int number, bool isSpot, ReaderState state) => new($"reader-{number}", new Uri($"http://127.0.0.1:{20_000 + number}"), isSpot, process) { State = state };

        var config = Write(Reader(1, false, ReaderState.Ready), Reader(2, true, ReaderState.Ready), Reader(3, true, ReaderState.Draining), Reader(4, true, ReaderState.Starting));

        config.Backends.Select(backend => backend.Name).Should().BeEquivalentTo("jetson", "spot", "lambda", "on-demand");
        config.Backends.Single(backend => backend.Name == "spot").Addresses.Select(address => address.IsDraining).Should().Equal(false, true);
        config.Routes.Where(route => route.IsRepeatable).Select(route => route.Name).Should().BeEquivalentTo("embed", "query");
    }

    [Fact]
    public void Write_NoReaders_IsOneToo() => Write().Backends.Select(backend => backend.Name).Should().BeEquivalentTo("jetson", "lambda");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private RouterConfig Write(params Reader[] readers)
    {
        var path = Path.Combine(_folder, "router.yaml");
        new RouterFile(path, new Uri("http://127.0.0.1:1"), new Uri("http://127.0.0.1:2"), "redis://127.0.0.1:3", 15).Write(readers);
        return ConfigParser.Parse(File.ReadAllText(path));
    }
}
