using AkiDb.ObjectStorage;
using AkiDb.TestKit;
using Amazon.Runtime;

namespace AkiDb.Runtime.Tests.ObjectStorage;

/// <summary>Against a real S3 server.</summary>
public sealed class S3ObjectStoreTests(S3ServerFixture s3) : ObjectStoreContract, IClassFixture<S3ServerFixture>
{
    private static int _tests;

    [Fact]
    public async Task List_OfMoreThanAPage_GivesEveryKeyOnce()
    {
        IObjectStore store = await StoreAsync();
        // A page has 1,000 keys.
        await Parallel.ForEachAsync(Enumerable.Range(0, 1_050), async (i, _) => await PutAsync(store, $"many/{i:D4}", "x"));

        List<string> keys = [];
        await foreach (StoredObject stored in store.ListAsync("many/", default))
        {
            keys.Add(stored.Key);
        }

        keys.Should().Equal(Enumerable.Range(0, 1_050).Select(i => $"many/{i:D4}"));
    }

    [Fact]
    public async Task Open_WithAnUnknownKey_SaysWhatTheServerSaid()
    {
        using var store = new S3ObjectStore(s3.Settings("") with { Credentials = new BasicAWSCredentials("UNKNOWN", S3Server.Key) }, TimeProvider.System);

        await store.Awaiting(s => s.OpenAsync("a", default)).Should().ThrowAsync<ObjectStorageException>()
            .WithMessage("s3://akidb-test/a: the server answers 403 InvalidAccessKeyId*");
    }

    [Fact]
    public async Task Open_OfAMissingBucket_IsAnErrorNotAMissingObject()
    {
        using var store = new S3ObjectStore(s3.Settings("") with { Bucket = "no-such-bucket" }, TimeProvider.System);

        await store.Awaiting(s => s.OpenAsync("a", default)).Should().ThrowAsync<ObjectStorageException>().WithMessage("*404 NoSuchBucket*");
    }

    [Fact]
    public async Task Open_WithNoServer_TriesAgainAndThenSaysSo()
    {
        using var store = new S3ObjectStore(s3.Settings("") with { Endpoint = new Uri($"http://127.0.0.1:{FreePort.Next()}"), Attempts = 2 }, TimeProvider.System);

        await store.Awaiting(s => s.OpenAsync("a", default)).Should().ThrowAsync<ObjectStorageException>().WithMessage("s3://akidb-test/a: *refused*");
    }

    [Fact]
    public async Task Read_AnswerBreaksOff_IsAnErrorOfTheStore()
    {
        await using var server = await ConditionalS3.StartAsync();
        using var store = new S3ObjectStore(s3.Settings("") with { Endpoint = server.Endpoint }, TimeProvider.System);
        // More than all buffers between the two hold: when the server has sent half of it, the client has the headers, and an answer that
        // breaks off before them is simply asked for again.
        const int length = 32 << 20;
        await store.ReplaceAsync("a", new byte[length], null, default);
        server.BreaksOffNextAnswer = true;

        await store.Awaiting(s => s.ReadAsync("a", null, default)).Should().ThrowAsync<ObjectStorageException>().WithMessage("s3://akidb-test/a: the answer broke off*");
        (await store.ReadAsync("a", null, default))!.Content!.Value.Length.Should().Be(length);
    }

    [Fact]
    public async Task Read_WithoutCredentials_IsAnErrorOfTheStore()
    {
        using var store = new S3ObjectStore(s3.Settings("") with { Credentials = new NoCredentials() }, TimeProvider.System);

        await store.Awaiting(s => s.ReadAsync("a", null, default)).Should().ThrowAsync<ObjectStorageException>()
            .WithMessage("s3://akidb-test/a: there are no credentials: the role cannot be taken on");
    }

    [Fact]
    public void Bucket_ThatIsNone_IsRefusedByName()
    {
        FluentActions.Invoking(() => new S3ObjectStore(s3.Settings("") with { Bucket = "Upper_Case" }, TimeProvider.System))
            .Should().Throw<ArgumentException>().WithMessage("'Upper_Case' is no bucket name*");
    }

    // As the SDK's providers fail where a role or the metadata service does.
    private sealed class NoCredentials : AWSCredentials
    {
        public override ImmutableCredentials GetCredentials() => throw new AmazonClientException("the role cannot be taken on");

        public override Task<ImmutableCredentials> GetCredentialsAsync() => throw new AmazonClientException("the role cannot be taken on");
    }

    // A prefix of its own keeps the tests' objects apart.
    protected override Task<IObjectStore> StoreAsync() =>
        Task.FromResult<IObjectStore>(new S3ObjectStore(s3.Settings($"test/{Interlocked.Increment(ref _tests)}"), TimeProvider.System));
}
