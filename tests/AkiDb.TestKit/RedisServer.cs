namespace AkiDb.TestKit;

/// <summary>A real redis-server that keeps nothing.</summary>
public sealed class RedisServer : ServerProcess
{
    private RedisServer(int port, string? password)
        : base("redis-server", Arguments(port, password), port, "eng/install-test-servers.sh")
    {
    }

    public string Url => $"redis://127.0.0.1:{Port}";

    /// <param name="port">Port to use again after a restart; null for a free one.</param>
    /// <param name="password">Password to ask for; null for none.</param>
    public static Task<RedisServer> StartAsync(int? port = null, string? password = null) =>
        UpAsync(new RedisServer(port ?? FreePort.Next(), password));

    private static string[] Arguments(int port, string? password)
    {
        string[] basic = ["--port", $"{port}", "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"];
        return password is null ? basic : [.. basic, "--requirepass", password];
    }
}
