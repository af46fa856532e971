using System.Text;
using AkiDb.ObjectStorage;

namespace AkiDb.Runtime.Tests.ObjectStorage;

/// <summary>What holds for every store, whatever it is made of.</summary>
public abstract class ObjectStoreContract
{
    [Fact]
    public async Task Open_AfterPut_GivesTheBytes()
    {
        IObjectStore store = await StoreAsync();
        byte[] large = new byte[300_000];
        new Random(7).NextBytes(large);

        await store.PutAsync("models/mini/model.onnx", new MemoryStream(large), default);

        (await ReadAsync(store, "models/mini/model.onnx")).Should().Equal(large);
    }

    [Fact]
    public async Task Put_FromTheMiddleOfAStream_WritesTheRest()
    {
        IObjectStore store = await StoreAsync();
        var content = new MemoryStream("headbody"u8.ToArray()) { Position = 4 };

        await store.PutAsync("part", content, default);

        (await ReadAsync(store, "part")).Should().Equal("body"u8.ToArray());
    }

    [Fact]
    public async Task Put_OfAnExistingKey_Replaces()
    {
        IObjectStore store = await StoreAsync();
        await PutAsync(store, "a", "first");

        await PutAsync(store, "a", "");

        (await ReadAsync(store, "a")).Should().BeEmpty();
    }

    [Fact]
    public async Task Open_OfAMissingKey_GivesNull()
    {
        IObjectStore store = await StoreAsync();

        (await store.OpenAsync("models/none/model.onnx", default)).Should().BeNull();
    }

    [Fact]
    public async Task Read_WithTheTagOfThePresentVersion_HasNoContent()
    {
        IObjectStore store = await StoreAsync();
        await PutAsync(store, "manifest", "first");
        TaggedObject first = (await store.ReadAsync("manifest", null, default))!;

        (await store.ReadAsync("manifest", first.Tag, default))!.Content.HasValue.Should().BeFalse();
        await PutAsync(store, "manifest", "second");
        (await store.ReadAsync("manifest", first.Tag, default))!.Content!.Value.ToArray().Should().Equal("second"u8.ToArray());
    }

    [Fact]
    public async Task Delete_TakesTheObjectAway_AndAMissingOneIsNoError()
    {
        IObjectStore store = await StoreAsync();
        await PutAsync(store, "log/0001", "x");

        await store.DeleteAsync("log/0001", default);
        await store.DeleteAsync("log/0001", default);
        await store.DeleteAsync("none/such", default);

        (await store.OpenAsync("log/0001", default)).Should().BeNull();
    }

    [Fact]
    public async Task List_GivesKeysOfThePrefixInOrderWithLengths()
    {
        IObjectStore store = await StoreAsync();
        foreach (string key in new[] { "log/b-2", "log/B-1", "log/a", "logs", "other/log" })
        {
            await PutAsync(store, key, key);
        }

        List<StoredObject> listed = [];
        await foreach (StoredObject stored in store.ListAsync("log/", default))
        {
            listed.Add(stored);
        }

        listed.Select(stored => (stored.Key, stored.Length)).Should().Equal(("log/B-1", 7L), ("log/a", 5L), ("log/b-2", 7L));
        listed.Should().OnlyContain(stored => stored.Modified > DateTimeOffset.UnixEpoch.AddYears(50));
    }

    [Theory]
    [InlineData("../escape")]
    [InlineData("/rooted")]
    [InlineData("a//b")]
    [InlineData("a b")]
    [InlineData("ä")]
    [InlineData("a/./b")]
    public async Task Key_ThatIsNone_IsRefusedByName(string key)
    {
        IObjectStore store = await StoreAsync();

        await store.Awaiting(s => s.OpenAsync(key, default)).Should().ThrowAsync<ArgumentException>().WithMessage($"*'{key}'*");
    }

    protected abstract Task<IObjectStore> StoreAsync();

    protected static Task PutAsync(IObjectStore store, string key, string text) =>
        store.PutAsync(key, new MemoryStream(Encoding.UTF8.GetBytes(text)), default);

    protected static async Task<byte[]> ReadAsync(IObjectStore store, string key)
    {
        await using Stream stream = (await store.OpenAsync(key, default))!;
        using var bytes = new MemoryStream();
        await stream.CopyToAsync(bytes);
        return bytes.ToArray();
    }
}
