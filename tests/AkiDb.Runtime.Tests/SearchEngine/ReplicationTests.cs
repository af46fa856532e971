using AkiDb.ObjectStorage;
using AkiDb.SearchEngine.Collections;
using AkiDb.SearchEngine.Replication;
using AkiDb.SearchEngine.Store;
using AkiDb.TestKit;
using Amazon.Runtime;
using Microsoft.Extensions.Logging.Abstractions;

namespace AkiDb.Runtime.Tests.SearchEngine;

public sealed class ReplicationTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private SearchStore? _writer;

    public void Dispose()
    {
        _writer?.Dispose();
        _folder.Dispose();
    }

    private string Published => Path.Combine(_folder.Root, "published");

    private string ReaderFolder => Path.Combine(_folder.Root, "reader");

    [Fact]
    public async Task Reader_FollowingTheLog_HasWhatTheWriterHas()
    {
        var (writer, objects, publisher, things) = await BeginAsync();
        await writer.PutAsync(things.Id, [.. Enumerable.Range(0, 200).Select(i => StoreFixtures.Document(i))]);
        await publisher.PublishAsync(TimeSpan.Zero, default);
        var replica = NewReplica(objects);

        var (reader, _) = (await replica.CatchUpAsync(replica.OpenExisting(), default))!.Value;
        using var disposed = reader;
        MustAgree(writer, reader);

        await writer.SubmitAsync(new DeleteDocuments(things.Id, ["d1", "d2"]), default);
        await writer.PutAsync(things.Id, StoreFixtures.Document(2, 5), StoreFixtures.Document(3, 5), StoreFixtures.Document(900));
        var other = await writer.CreateAsync("other");
        await writer.PutAsync(other.Id, StoreFixtures.Document(1));
        await publisher.PublishAsync(TimeSpan.Zero, default);
        await replica.CatchUpAsync(reader, default);
        MustAgree(writer, reader);

        // Dropped and made again under the same name within one piece of the log.
        await writer.SubmitAsync(new DropCollection(things.Id), default);
        var again = await writer.CreateAsync();
        await writer.PutAsync(again.Id, StoreFixtures.Document(4));
        await publisher.PublishAsync(TimeSpan.Zero, default);
        await replica.CatchUpAsync(reader, default);
        MustAgree(writer, reader);
    }

    [Fact]
    public async Task Reader_StartedAfterASnapshot_BeginsWithItAndItsIndexes()
    {
        var (writer, objects, publisher, things) = await BeginAsync();
        await writer.PutAsync(things.Id, [.. Enumerable.Range(0, 300).Select(i => StoreFixtures.Document(i))]);
        await publisher.PublishAsync(TimeSpan.Zero, default);
        await publisher.PublishSnapshotAsync(default);
        await writer.SubmitAsync(new DeleteDocuments(things.Id, ["d0"]), default);
        await writer.PutAsync(things.Id, StoreFixtures.Document(1, 1));
        await publisher.PublishAsync(TimeSpan.Zero, default);

        var replica = NewReplica(objects);
        var (reader, _) = (await replica.CatchUpAsync(null, default))!.Value;

        using (reader)
        {
            MustAgree(writer, reader);
            reader.Files.Newest(things.Id).Should().NotBeNull("the index came with the snapshot and was not built");
        }

        // After a restart it goes on from its own copy.
        using var restarted = NewReplica(objects).OpenExisting()!;
        MustAgree(writer, restarted);
    }

    [Fact]
    public async Task Reader_TooFarBehindTheLog_BeginsAnew()
    {
        var (writer, objects, publisher, things) = await BeginAsync();
        await writer.PutAsync(things.Id, StoreFixtures.Document(1));
        await publisher.PublishAsync(TimeSpan.Zero, default);
        var replica = NewReplica(objects);
        var (old, _) = (await replica.CatchUpAsync(null, default))!.Value;
        using var disposedOld = old;
        await writer.PutAsync(things.Id, StoreFixtures.Document(2));
        await publisher.PublishSnapshotAsync(default);
        await writer.PutAsync(things.Id, StoreFixtures.Document(3));
        await publisher.PublishSnapshotAsync(default);

        var (reader, _) = (await replica.CatchUpAsync(old, default))!.Value;
        using var disposed = reader;

        reader.Should().NotBeSameAs(old);
        MustAgree(writer, reader);
    }

    [Fact]
    public async Task Reader_OnePieceBehindASnapshot_GoesOnFromItsCopy()
    {
        var (writer, objects, publisher, things) = await BeginAsync();
        await writer.PutAsync(things.Id, StoreFixtures.Document(1));
        await publisher.PublishAsync(TimeSpan.Zero, default);
        await publisher.PublishSnapshotAsync(default);
        var replica = NewReplica(objects);
        var (before, _) = (await replica.CatchUpAsync(null, default))!.Value;
        using var disposed = before;
        await writer.PutAsync(things.Id, StoreFixtures.Document(2));
        await publisher.PublishAsync(TimeSpan.Zero, default);
        await writer.SubmitAsync(new DeleteDocuments(things.Id, ["d1"]), default);
        await publisher.PublishSnapshotAsync(default);

        var (reader, _) = (await replica.CatchUpAsync(before, default))!.Value;

        reader.Should().BeSameAs(before, "the log still leads on from it");
        MustAgree(writer, reader);
    }

    [Fact]
    public async Task Reader_PieceAfterTheSnapshotDamaged_FetchesTheSnapshotOnce()
    {
        var (writer, objects, publisher, things) = await BeginAsync();
        await publisher.PublishAsync(TimeSpan.Zero, default);
        await publisher.PublishSnapshotAsync(default);
        await writer.PutAsync(things.Id, StoreFixtures.Document(1));
        await publisher.PublishAsync(TimeSpan.Zero, default);
        var piece = Directory.GetFiles(Path.Combine(Published, "log")).Order(StringComparer.Ordinal).Last();
        var good = await File.ReadAllBytesAsync(piece);
        await File.WriteAllBytesAsync(piece, good[..^3]);
        var replica = NewReplica(objects);
        var catchUp = () => replica.CatchUpAsync(null, default);

        await catchUp.Should().ThrowAsync<PublishedDataException>();
        await catchUp.Should().ThrowAsync<PublishedDataException>();
        await File.WriteAllBytesAsync(piece, good);
        using var reader = (await catchUp())!.Value.Store;

        MustAgree(writer, reader);
        Directory.GetDirectories(ReaderFolder, "copy-*").Should().Equal(reader.Folder);
    }

    [Fact]
    public async Task Discard_OfACopyThatLeft_LeavesTheOthersAlone()
    {
        using var writer = StoreFixtures.Open(Path.Combine(_folder.Root, "writer"));
        var objects = new DirectoryObjectStore(Published);
        await (await OpenPublisherAsync(writer, objects)).PublishAsync(TimeSpan.Zero, default);
        var left = (await NewReplica(objects).CatchUpAsync(null, default))!.Value.Store;
        using var now = (await NewReplica(objects).CatchUpAsync(null, default))!.Value.Store;

        Replica.Discard(left);

        Directory.GetDirectories(ReaderFolder, "copy-*").Should().Equal(now.Folder);
    }

    [Fact]
    public async Task Reader_DamagedPieceOfTheLog_KeepsWhatItHasUntilItIsMended()
    {
        var (writer, objects, publisher, things) = await BeginAsync();
        await publisher.PublishAsync(TimeSpan.Zero, default);
        var replica = NewReplica(objects);
        var (reader, _) = (await replica.CatchUpAsync(null, default))!.Value;
        using var disposed = reader;
        await writer.PutAsync(things.Id, StoreFixtures.Document(1));
        await publisher.PublishAsync(TimeSpan.Zero, default);
        var piece = Directory.GetFiles(Path.Combine(Published, "log")).Order(StringComparer.Ordinal).Last();
        var good = await File.ReadAllBytesAsync(piece);
        await File.WriteAllBytesAsync(piece, good[..^3]);

        var catchUp = () => replica.CatchUpAsync(reader, default);

        await catchUp.Should().ThrowAsync<PublishedDataException>().WithMessage("*SHA-256*");
        reader.Catalog.Find("things")!.Index.Count.Should().Be(0);
        await File.WriteAllBytesAsync(piece, good);
        await catchUp();
        MustAgree(writer, reader);
    }

    [Fact]
    public async Task Reader_DamagedCopy_IsPutAside()
    {
        using var writer = StoreFixtures.Open(Path.Combine(_folder.Root, "writer"));
        var objects = new DirectoryObjectStore(Published);
        var publisher = await OpenPublisherAsync(writer, objects);
        await writer.PutAsync((await writer.CreateAsync()).Id, [.. Enumerable.Range(0, 100).Select(i => StoreFixtures.Document(i))]);
        await publisher.PublishAsync(TimeSpan.Zero, default);
        (await NewReplica(objects).CatchUpAsync(null, default))!.Value.Store.Dispose();
        var database = Directory.GetFiles(ReaderFolder, SearchStore.DatabaseName, SearchOption.AllDirectories).Single();
        await File.WriteAllTextAsync(database, "this is no database, however long it may be: " + new string('x', 20_000));

        var replica = NewReplica(objects);
        var left = replica.OpenExisting();
        using var reader = (await replica.CatchUpAsync(left, default))!.Value.Store;

        left.Should().BeNull();
        Directory.GetDirectories(Path.Combine(ReaderFolder, "quarantine")).Should().ContainSingle();
        MustAgree(writer, reader);
    }

    [Fact]
    public async Task Publisher_DeletionsForgottenMeanwhile_SendsReadersToASnapshot()
    {
        using var writer = StoreFixtures.Open(Path.Combine(_folder.Root, "writer"));
        var objects = new DirectoryObjectStore(Published);
        var things = await writer.CreateAsync();
        await writer.PutAsync(things.Id, StoreFixtures.Document(1), StoreFixtures.Document(2));
        await (await OpenPublisherAsync(writer, objects)).PublishAsync(TimeSpan.Zero, default);
        var replica = NewReplica(objects);
        using var before = (await replica.CatchUpAsync(null, default))!.Value.Store;

        // As a run without --publish does.
        await writer.SubmitAsync(new DeleteDocuments(things.Id, ["d1"]), default);
        await writer.TrimDeletionsAsync(long.MaxValue, default);
        await writer.PutAsync(things.Id, StoreFixtures.Document(3));
        var publisher = await OpenPublisherAsync(writer, objects);
        await publisher.PublishAsync(TimeSpan.Zero, default);
        using var reader = (await replica.CatchUpAsync(before, default))!.Value.Store;
        MustAgree(writer, reader);

        // Only once: from then on the log leads on.
        await writer.SubmitAsync(new DeleteDocuments(things.Id, ["d2"]), default);
        await publisher.PublishAsync(TimeSpan.Zero, default);
        (await replica.CatchUpAsync(reader, default))!.Value.Store.Should().BeSameAs(reader);
        MustAgree(writer, reader);
        (await OpenPublisherAsync(writer, objects)).Sequence.Should().Be(writer.Sequence);
    }

    [Fact]
    public async Task Publisher_AnotherStoreInItsPlace_IsRefused()
    {
        var objects = new DirectoryObjectStore(Published);
        using (var first = StoreFixtures.Open(Path.Combine(_folder.Root, "first")))
        {
            await (await OpenPublisherAsync(first, objects)).PublishAsync(TimeSpan.Zero, default);
        }

        using var second = StoreFixtures.Open(Path.Combine(_folder.Root, "second"));
        var open = () => OpenPublisherAsync(second, objects);

        await open.Should().ThrowAsync<StoreException>().WithMessage("Another store is published there*");
    }

    [Fact]
    public async Task Publishers_TwoOfOneStore_OnlyOneGoesOn()
    {
        await using var s3 = await ConditionalS3.StartAsync();
        using var writer = StoreFixtures.Open(Path.Combine(_folder.Root, "writer"));
        var things = await writer.CreateAsync();
        var first = await OpenPublisherAsync(writer, Bucket(s3));
        await first.PublishAsync(TimeSpan.Zero, default);
        var second = await OpenPublisherAsync(writer, Bucket(s3));
        await writer.PutAsync(things.Id, StoreFixtures.Document(1));
        await second.PublishAsync(TimeSpan.Zero, default);
        await writer.PutAsync(things.Id, StoreFixtures.Document(2));

        var goOn = () => first.PublishAsync(TimeSpan.Zero, default);

        await goOn.Should().ThrowAsync<ObjectChangedException>();
    }

    [Fact]
    public async Task Publisher_AnswerOfTheManifestLost_SeesThatItIsThere()
    {
        await using var s3 = await ConditionalS3.StartAsync();
        using var writer = StoreFixtures.Open(Path.Combine(_folder.Root, "writer"));
        var publisher = await OpenPublisherAsync(writer, Bucket(s3));
        s3.LosesNextAnswer = true;
        await publisher.PublishAsync(TimeSpan.Zero, default);
        s3.SlowDowns = 2;
        await writer.CreateAsync();

        await publisher.PublishAsync(TimeSpan.Zero, default);

        using var reader = (await NewReplica(Bucket(s3)).CatchUpAsync(null, default))!.Value.Store;
        MustAgree(writer, reader);
    }

    [Fact]
    public async Task Snapshot_Next_DeletesWhatTheOneBeforeReplaced()
    {
        var (writer, objects, publisher, things) = await BeginAsync();
        for (var i = 0; i < 4; i++)
        {
            await writer.PutAsync(things.Id, StoreFixtures.Document(i));
            await publisher.PublishAsync(TimeSpan.Zero, default);
            await publisher.PublishSnapshotAsync(default);
        }

        Directory.GetFiles(Path.Combine(Published, "snapshot"), "store.db.0000", SearchOption.AllDirectories).Should().HaveCount(2, "the present one, and the one that readers may be reading");
    }

    [Fact]
    public async Task Restored_CollectionDroppedWithinOnePiece_NeverGivesItsNumberAgain()
    {
        var objects = new DirectoryObjectStore(Published);
        long dropped;
        using (var writer = StoreFixtures.Open(Path.Combine(_folder.Root, "writer")))
        {
            var publisher = await OpenPublisherAsync(writer, objects);
            await writer.CreateAsync();
            dropped = (await writer.CreateAsync("short-lived")).Id;
            await writer.SubmitAsync(new DropCollection(dropped), default);
            await publisher.PublishAsync(TimeSpan.Zero, default);
        }

        var copy = (await NewReplica(objects).CatchUpAsync(null, default))!.Value.Store;
        copy.Dispose();
        using (var restored = StoreFixtures.Open(copy.Folder))
        {
            var fresh = await restored.CreateAsync("fresh");
            fresh.Id.Should().BeGreaterThan(dropped, "what is left of a dropped collection is cleared away by its number");
            await restored.PutAsync(fresh.Id, StoreFixtures.Document(1));
        }

        using var again = StoreFixtures.Open(copy.Folder);
        again.Documents(again.Catalog.Find("fresh")!.Id).Should().HaveCount(1);
    }

    [Fact]
    public void Segment_CutAnywhere_IsRefused()
    {
        var segment = new ChangeSegment
        {
            After = 3,
            Last = 9,
            Puts = [(1, new StoredDocument(4, "ä", 9, "text", null, [1, 2, 3]))],
            Deletions = [(5, 8)],
        };
        var bytes = segment.ToBytes();

        ChangeSegment.FromBytes(bytes).Puts.Single().Document.Vector.Should().Equal(1, 2, 3);
        for (var length = 0; length < bytes.Length; length++)
        {
            var read = () => ChangeSegment.FromBytes(bytes[..length]);
            read.Should().Throw<PublishedDataException>();
        }
    }

    // A writer with an empty collection that publishes to a folder.
    private async Task<(SearchStore Writer, IObjectStore Objects, Publisher Publisher, LiveCollection Things)> BeginAsync()
    {
        _writer = StoreFixtures.Open(Path.Combine(_folder.Root, "writer"));
        var objects = new DirectoryObjectStore(Published);
        return (_writer, objects, await OpenPublisherAsync(_writer, objects), await _writer.CreateAsync());
    }

    private static async Task<Publisher> OpenPublisherAsync(SearchStore store, IObjectStore objects)
    {
        var publisher = new Publisher(store, objects, TimeProvider.System);
        await publisher.OpenAsync(default);
        return publisher;
    }

    private Replica NewReplica(IObjectStore objects) =>
        new(ReaderFolder, objects, StoreFixtures.Metrics(), NullLogger.Instance, TimeProvider.System, e => throw e);

    private static S3ObjectStore Bucket(ConditionalS3 s3) => new(new S3Settings
    {
        Bucket = "akidb-test",
        Prefix = "snapshots",
        Region = "us-east-1",
        Endpoint = s3.Endpoint,
        Credentials = new BasicAWSCredentials("key", "secret"),
        FirstDelay = TimeSpan.FromMilliseconds(1),
    }, TimeProvider.System);

    private static void MustAgree(SearchStore writer, SearchStore reader)
    {
        reader.Id.Should().Be(writer.Id);
        reader.Sequence.Should().Be(writer.Sequence);
        reader.Catalog.All.Select(collection => collection.Settings).Should().Equal(writer.Catalog.All.Select(collection => collection.Settings));
        foreach (var collection in writer.Catalog.All)
        {
            var copy = reader.Catalog.Find(collection.Id)!;
            reader.Documents(collection.Id).Should().BeEquivalentTo(writer.Documents(collection.Id));
            copy.Index.Count.Should().Be(collection.Index.Count);
            var k = Math.Max(1, collection.Index.Count);
            copy.Search(StoreFixtures.Vector(77), k).Should().Equal(collection.Search(StoreFixtures.Vector(77), k));
        }
    }
}
