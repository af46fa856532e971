using AkiDb.ObjectStorage;
using AkiDb.TestKit;
using Amazon.Runtime;

namespace AkiDb.Runtime.Tests.ObjectStorage;

/// <summary>One S3 server for a class of tests.</summary>
public sealed class S3ServerFixture : IAsyncLifetime
{
    public S3Server Server { get; private set; } = null!;

    public S3Settings Settings(string prefix) => new()
    {
        Bucket = S3Server.Bucket,
        Prefix = prefix,
        Region = "us-east-1",
        Endpoint = Server.Endpoint,
        Credentials = new BasicAWSCredentials(S3Server.Key, S3Server.Key),
        FirstDelay = TimeSpan.FromMilliseconds(1),
    };

    public async Task InitializeAsync() => Server = await S3Server.StartAsync();

    public async Task DisposeAsync() => await Server.DisposeAsync();
}
