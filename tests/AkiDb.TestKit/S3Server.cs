namespace AkiDb.TestKit;

/// <summary>
/// A real S3 server (s3rver, from npm) with one bucket, its data in a folder of its own. It knows access keys but does not compute
/// signatures of version 4; those are tested with the examples of AWS's documentation.
/// </summary>
public sealed class S3Server : ServerProcess
{
    /// <summary>The bucket that it starts with.</summary>
    public const string Bucket = "akidb-test";

    /// <summary>Access key and secret of the one account that s3rver knows.</summary>
    public const string Key = "S3RVER";

    private readonly string _folder;

    private S3Server(string script, int port, string folder)
        // It makes its continuation tokens with DES, which OpenSSL 3 keeps in the legacy provider.
        : base("node", ["--openssl-legacy-provider", script, "-d", folder, "-p", $"{port}", "-a", "127.0.0.1", "--no-vhost-buckets", "-s",
            "--configure-bucket", Bucket], port, "npm ci --prefix eng/runtime-peers")
    {
        _folder = folder;
    }

    public Uri Endpoint => new($"http://127.0.0.1:{Port}");

    public static Task<S3Server> StartAsync() => UpAsync(new S3Server(
        RepositoryFolder.At("eng/runtime-peers/node_modules/s3rver/bin/s3rver.js"), FreePort.Next(), Directory.CreateTempSubdirectory("akidb-s3-").FullName));

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
