using AkiDb.ObjectStorage;
using AkiDb.TestKit;

namespace AkiDb.Runtime.Tests.ObjectStorage;

public sealed class DirectoryObjectStoreTests : ObjectStoreContract, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Put_ThatFailsHalfway_LeavesTheOldObjectAndNothingElse()
    {
        var store = new DirectoryObjectStore(_folder.At("objects"));
        await PutAsync(store, "a", "old");
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await store.Awaiting(s => s.PutAsync("a", new MemoryStream(new byte[100]), cancelled.Token)).Should().ThrowAsync<OperationCanceledException>();

        (await ReadAsync(store, "a")).Should().Equal("old"u8.ToArray());
        Directory.GetFiles(_folder.At("objects")).Should().ContainSingle();
    }

    [Fact]
    public void Open_OfALocation_TellsFoldersFromBuckets()
    {
        ObjectStores.Open(_folder.At("x"), TimeProvider.System).Should().BeOfType<DirectoryObjectStore>();
        FluentActions.Invoking(() => ObjectStores.Open("gs://bucket", TimeProvider.System)).Should().Throw<ArgumentException>()
            .WithMessage("'gs://bucket' is no store*");
    }

    protected override Task<IObjectStore> StoreAsync() => Task.FromResult<IObjectStore>(new DirectoryObjectStore(_folder.At("objects")));
}
