using System.Diagnostics;
using AkiDb.TestKit;

namespace AkiDb.Runtime.Tests;

public sealed class ServerProcessTests
{
    [Fact]
    public async Task Up_ServerThatDoesNotGetReady_IsEnded()
    {
        var port = FreePort.Next();
        var server = new ServerProcess("redis-server", ["--port", $"{port}", "--bind", "127.0.0.1", "--save", ""], port, "eng/install-test-servers.sh");
        var id = server.Id;

        var up = () => ServerProcess.UpAsync(server, _ => throw new TimeoutException("not ready"));

        await up.Should().ThrowAsync<TimeoutException>();
        var find = () => Process.GetProcessById(id);
        find.Should().Throw<ArgumentException>("nobody else can end it");
    }
}
