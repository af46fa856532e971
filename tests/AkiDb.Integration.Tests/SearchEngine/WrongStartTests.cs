using System.Net;
using System.Net.Sockets;
using AkiDb.TestKit;

namespace AkiDb.Integration.Tests.SearchEngine;

/// <summary>Command lines that cannot be followed: a line that says why, and exit code 2.</summary>
public sealed class WrongStartTests
{
    [Theory]
    [InlineData("--query-timeout is 0; wanted 0.01 to 300 seconds.", "serve", "--no-auth", "--data", "{new}", "--query-timeout", "0")]
    [InlineData("--max-queue is 'x'; wanted a whole number.", "serve", "--no-auth", "--data", "{new}", "--max-queue", "x")]
    [InlineData("search: Folder '/proc/akidb' cannot be made", "serve", "--no-auth", "--model", "none", "--data", "/proc/akidb")]
    [InlineData("search: --keys '/proc/akidb/keys.json' cannot be written", "key", "create", "--keys", "/proc/akidb/keys.json", "--name", "a", "--scopes", "read")]
    [InlineData("search: --keys 'env:NAME' is a variable", "key", "create", "--keys", "env:NAME", "--name", "a", "--scopes", "read")]
    [InlineData("search: --name is empty", "key", "create", "--keys", "{new}", "--name", "", "--scopes", "read")]
    public async Task Arguments_ThatAreWrong_AreNamed(string expected, params string[] arguments)
    {
        using var folder = new TemporaryFolder();

        await EndsWithAsync(expected, [.. arguments.Select(argument => argument.Replace("{new}", folder.At("new"), StringComparison.Ordinal))]);
    }

    [Fact]
    public async Task Port_ThatIsTaken_IsNamed()
    {
        using var folder = new TemporaryFolder();
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();

        await EndsWithAsync("address already in use", "serve", "--no-auth", "--model", "none", "--data", folder.At("data"), "--log", "-",
            "--urls", $"http://127.0.0.1:{((IPEndPoint)taken.LocalEndpoint).Port}");
    }

    private static async Task EndsWithAsync(string expected, params string[] arguments)
    {
        await using var process = SearchProcess.Run(arguments);

        (await process.WaitForExitAsync(TimeSpan.FromSeconds(60))).Should().Be(2);
        string.Join('\n', process.Errors).Should().Contain(expected).And.NotContain("   at ");
    }
}
