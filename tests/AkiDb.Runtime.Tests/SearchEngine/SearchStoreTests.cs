using AkiDb.SearchEngine.Collections;
using AkiDb.SearchEngine.Store;
using AkiDb.Telemetry.Metrics;
using AkiDb.TestKit;
using Microsoft.Extensions.Logging.Abstractions;

namespace AkiDb.Runtime.Tests.SearchEngine;

public sealed class SearchStoreTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Reopen_AfterWrites_GivesTheSameAnswers()
    {
        string[] before;
        using (var store = StoreFixtures.Open(_folder.Root))
        {
            var things = await store.CreateAsync();
            await store.PutAsync(things.Id, [.. Enumerable.Range(0, 300).Select(i => StoreFixtures.Document(i))]);
            await store.PutAsync(things.Id, StoreFixtures.Document(7, version: 1));
            await store.SubmitAsync(new DeleteDocuments(things.Id, ["d8", "d9", "never"]), default);
            before = things.Search(StoreFixtures.Vector(7, 1), 298);
        }

        using var again = StoreFixtures.Open(_folder.Root);
        var found = again.Catalog.Find("things")!;

        before[0].Should().Be("d7");
        found.Search(StoreFixtures.Vector(7, 1), 298).Should().Equal(before).And.HaveCount(298);
        again.Documents(found.Id)["d7"].Metadata.Should().Contain("\"version\":1");
    }

    [Fact]
    public async Task Reopen_CollectionWithAWiderSearchThanIsMadeToday_Serves()
    {
        using (var store = StoreFixtures.Open(_folder.Root))
        {
            await store.SubmitAsync(new CreateCollection(new CollectionSettings { Name = "wide", Dimension = StoreFixtures.Dimension, SearchWidth = 16_384 }), default);
        }

        using var again = StoreFixtures.Open(_folder.Root);

        again.Catalog.Find("wide")!.Settings.SearchWidth.Should().Be(16_384);
    }

    [Fact]
    public async Task Put_TwiceTheSameId_KeepsOneDocumentAndItsKey()
    {
        using var store = StoreFixtures.Open(_folder.Root);
        var things = await store.CreateAsync();

        await store.PutAsync(things.Id, StoreFixtures.Document(1), StoreFixtures.Document(1, 1), StoreFixtures.Document(1, 2));

        things.Index.Count.Should().Be(1);
        store.Documents(things.Id).Values.Should().ContainSingle().Which.Vector.Should().Equal(StoreFixtures.Vector(1, 2));
    }

    [Fact]
    public async Task Keys_OfDeletedDocuments_AreNeverGivenAgain()
    {
        ulong last;
        using (var store = StoreFixtures.Open(_folder.Root))
        {
            var things = await store.CreateAsync();
            await store.PutAsync(things.Id, StoreFixtures.Document(1), StoreFixtures.Document(2));
            last = store.Documents(things.Id)["d2"].Key;
            await store.SubmitAsync(new DeleteDocuments(things.Id, ["d2"]), default);
        }

        using var again = StoreFixtures.Open(_folder.Root);
        var id = again.Catalog.Find("things")!.Id;
        await again.PutAsync(id, StoreFixtures.Document(3));

        again.Documents(id)["d3"].Key.Should().BeGreaterThan(last);
    }

    [Theory]
    [InlineData("truncated")]
    [InlineData("flipped")]
    [InlineData("empty")]
    [InlineData("text")]
    public async Task Open_DamagedIndexFile_IsPutAsideAndMadeAnewFromSqlite(string damage)
    {
        string[] before;
        using (var store = StoreFixtures.Open(_folder.Root))
        {
            var things = await store.CreateAsync();
            await store.PutAsync(things.Id, [.. Enumerable.Range(0, 200).Select(i => StoreFixtures.Document(i))]);
            await store.SaveIndexesAsync();
            before = things.Search(StoreFixtures.Vector(3), 10);
        }

        var file = Directory.GetFiles(Path.Combine(_folder.Root, "index")).Single();
        Damage(file, damage);
        var metrics = StoreFixtures.Metrics();
        using var again = StoreFixtures.Open(_folder.Root, metrics);

        again.Catalog.Find("things")!.Search(StoreFixtures.Vector(3), 10).Should().Equal(before);
        metrics.Quarantined.Should().Be(1);
        Directory.GetFiles(Path.Combine(_folder.Root, "quarantine")).Should().ContainSingle().Which.Should().EndWith(Path.GetFileName(file));
    }

    [Fact]
    public async Task Open_IndexFileFromTheFuture_IsNotTrusted()
    {
        using (var store = StoreFixtures.Open(_folder.Root))
        {
            var things = await store.CreateAsync();
            await store.PutAsync(things.Id, StoreFixtures.Document(1), StoreFixtures.Document(2));
            await store.SaveIndexesAsync();
            var file = store.Files.Newest(things.Id)!.Value;
            File.Move(file.Path, store.Files.PathOf(things.Id, file.Sequence + 100));
        }

        var metrics = StoreFixtures.Metrics();
        using var again = StoreFixtures.Open(_folder.Root, metrics);

        again.Catalog.Find("things")!.Index.Count.Should().Be(2);
        metrics.Quarantined.Should().Be(1);
    }

    [Fact]
    public async Task Open_IndexFileThatMissesADocument_IsFoundOut()
    {
        using (var store = StoreFixtures.Open(_folder.Root))
        {
            var things = await store.CreateAsync();
            await store.PutAsync(things.Id, StoreFixtures.Document(1));
            await store.SaveIndexesAsync();
            var old = store.Files.Newest(things.Id)!.Value.Path;
            await store.PutAsync(things.Id, StoreFixtures.Document(2));
            // As if the file went up to a change that it does not know.
            File.Move(old, store.Files.PathOf(things.Id, store.Sequence));
        }

        var metrics = StoreFixtures.Metrics();
        using var again = StoreFixtures.Open(_folder.Root, metrics);

        again.Catalog.Find("things")!.Index.Count.Should().Be(2);
        metrics.Quarantined.Should().Be(1);
    }

    [Fact]
    public async Task Open_ChangesBeyondTheSavedIndex_AreReplayed()
    {
        using (var store = StoreFixtures.Open(_folder.Root))
        {
            var things = await store.CreateAsync();
            await store.PutAsync(things.Id, [.. Enumerable.Range(0, 100).Select(i => StoreFixtures.Document(i))]);
            await store.SaveIndexesAsync();
            await store.TrimDeletionsAsync(long.MaxValue, default);
            await store.PutAsync(things.Id, StoreFixtures.Document(5, 1), StoreFixtures.Document(200));
            await store.SubmitAsync(new DeleteDocuments(things.Id, ["d6"]), default);
        }

        var metrics = StoreFixtures.Metrics();
        using var again = StoreFixtures.Open(_folder.Root, metrics);
        var found = again.Catalog.Find("things")!;

        metrics.Quarantined.Should().Be(0, "the saved index was good");
        found.Index.Count.Should().Be(100);
        found.Search(StoreFixtures.Vector(5, 1), 1).Should().Equal("d5");
        found.Search(StoreFixtures.Vector(200), 1).Should().Equal("d200");
        found.Search(StoreFixtures.Vector(6), 100).Should().NotContain("d6");
    }

    [Fact]
    public async Task Open_DamagedDatabase_IsRefusedWithTheWayBack()
    {
        using (var store = StoreFixtures.Open(_folder.Root))
        {
            var things = await store.CreateAsync();
            await store.PutAsync(things.Id, [.. Enumerable.Range(0, 500).Select(i => StoreFixtures.Document(i))]);
        }

        var path = Path.Combine(_folder.Root, SearchStore.DatabaseName);
        using (var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite))
        {
            file.Position = 8_192 * 5;
            file.Write(new byte[8_192 * 4]);
        }

        var open = () => StoreFixtures.Open(_folder.Root);

        open.Should().Throw<StoreException>().WithMessage("*is damaged*search restore*");
    }

    [Fact]
    public void Open_Twice_IsRefused()
    {
        using var store = StoreFixtures.Open(_folder.Root);

        var open = () => StoreFixtures.Open(_folder.Root);

        open.Should().Throw<StoreException>().WithMessage("*used by another process*");
    }

    [Fact]
    public async Task Commit_ManyWritersAtOnce_SharesFlushes()
    {
        var registry = new MetricRegistry();
        var metrics = new AkiDb.SearchEngine.Observability.StoreMetrics(registry);
        using var store = StoreFixtures.Open(_folder.Root, metrics);
        var things = await store.CreateAsync();

        using var slow = new SlowJob();
        var busy = store.SubmitAsync(slow, default);
        var writes = Enumerable.Range(0, 200).Select(i => store.PutAsync(things.Id, StoreFixtures.Document(i))).ToList();
        slow.Finish();
        await Task.WhenAll([busy, .. writes]);

        var commits = registry.Histogram(AkiDb.Contracts.SearchMetricNames.CommitDuration, "", []).Count;
        commits.Should().Be(3, "the collection, the slow write, and one flush for all that waited meanwhile");
        things.Index.Count.Should().Be(200);
    }

    [Fact]
    public async Task Submit_CancelledWhileItWaits_ReturnsAtOnceAndStillTakesPlace()
    {
        using var store = StoreFixtures.Open(_folder.Root);
        var things = await store.CreateAsync();
        using var slow = new SlowJob();
        var busy = store.SubmitAsync(slow, default);
        using var patience = new CancellationTokenSource();
        var given = store.SubmitAsync(new PutDocuments(things.Id, [StoreFixtures.Document(1)]), patience.Token);

        await patience.CancelAsync();

        await given.Invoking(task => task).Should().ThrowAsync<OperationCanceledException>();
        busy.IsCompleted.Should().BeFalse("the thread that writes has not come to it");
        slow.Finish();
        await busy;
        await store.PutAsync(things.Id, StoreFixtures.Document(2));
        store.Documents(things.Id).Keys.Should().Equal("d1", "d2");
    }

    [Fact]
    public async Task Commit_OneRefusedWrite_LeavesTheOthersOfTheFlushAlone()
    {
        using var store = StoreFixtures.Open(_folder.Root);
        var things = await store.CreateAsync();
        var good = Enumerable.Range(0, 20).Select(i => store.PutAsync(things.Id, StoreFixtures.Document(i))).ToList();
        var bad = store.PutAsync(999, StoreFixtures.Document(1));
        var alsoBad = store.SubmitAsync(new CreateCollection(things.Settings), default);

        await Task.WhenAll(good);

        (await bad.Invoking(task => task).Should().ThrowAsync<WriteRefusedException>()).Which.Refusal.Should().Be(WriteRefusal.NoCollection);
        (await alsoBad.Invoking(task => task).Should().ThrowAsync<WriteRefusedException>()).Which.Refusal.Should().Be(WriteRefusal.CollectionExists);
        things.Index.Count.Should().Be(20);
        store.Documents(things.Id).Should().HaveCount(20);
    }

    [Fact]
    public async Task Index_ThatCannotFollow_FailsTheWriteTellsTheProcessAndStillCloses()
    {
        var told = new TaskCompletionSource<Exception>();
        using (var store = SearchStore.Open(_folder.Root, isRecord: true, StoreFixtures.Metrics(), NullLogger.Instance, TimeProvider.System, told.SetResult))
        {
            var things = await store.CreateAsync();
            things.Index.Dispose();

            var write = () => store.PutAsync(things.Id, StoreFixtures.Document(1));

            await write.Should().ThrowAsync<StoreException>().WithMessage("*the index could not follow*");
            await write.Should().ThrowAsync<StoreException>("nothing is indexed after a failure");
            (await told.Task).Should().BeOfType<ObjectDisposedException>();
        }

        using var again = StoreFixtures.Open(_folder.Root);
        again.Catalog.Find("things")!.Index.Count.Should().Be(1, "the record has it, and the next start makes the index anew");
    }

    [Fact]
    public async Task Index_ThatCannotBeSaved_IsSavedLaterAndStopsNothing()
    {
        using var store = StoreFixtures.Open(_folder.Root);
        var things = await store.CreateAsync();
        const int Count = 5_001;
        // A folder where the file is to be written, as a disk that takes nothing.
        var inTheWay = store.Files.PathOf(things.Id, store.Sequence + Count) + ".partial";
        Directory.CreateDirectory(inTheWay);

        await store.PutAsync(things.Id, [.. Enumerable.Range(0, Count).Select(i => StoreFixtures.Document(i))]);
        await store.PutAsync(things.Id, StoreFixtures.Document(Count));

        things.Index.Count.Should().Be(Count + 1);
        things.SavedSequence.Should().Be(0);
        store.Files.Newest(things.Id).Should().BeNull();
        Directory.Delete(inTheWay);
        await store.SaveIndexesAsync();
        store.Files.Newest(things.Id)!.Value.Sequence.Should().Be(store.Sequence);
    }

    [Fact]
    public async Task Drop_ThenSameNameAgain_HasNothingOfTheOldOne()
    {
        using var store = StoreFixtures.Open(_folder.Root);
        var old = await store.CreateAsync();
        await store.PutAsync(old.Id, [.. Enumerable.Range(0, 50).Select(i => StoreFixtures.Document(i))]);

        await store.SubmitAsync(new DropCollection(old.Id), default);
        var fresh = await store.CreateAsync();

        fresh.Id.Should().NotBe(old.Id);
        fresh.Index.Count.Should().Be(0);
        for (var i = 0; i < 500 && store.Documents(old.Id).Count > 0; i++)
        {
            await Task.Delay(10);
        }

        store.Documents(old.Id).Should().BeEmpty("the documents of a dropped collection are cleared away");
    }

    /// <summary>Keeps the thread that writes busy until the test is done with it.</summary>
    private sealed class SlowJob : WriteJob, IDisposable
    {
        private readonly ManualResetEventSlim _gate = new();

        public override int Weight => 10_000;

        public void Finish() => _gate.Set();

        public override int Execute(WriteTransaction transaction)
        {
            _gate.Wait();
            return 0;
        }

        public void Dispose()
        {
            _gate.Set();
            _gate.Dispose();
        }
    }

    private static void Damage(string file, string how)
    {
        switch (how)
        {
            case "truncated":
                using (var stream = new FileStream(file, FileMode.Open))
                {
                    stream.SetLength(stream.Length / 2);
                }

                break;
            case "flipped":
                var bytes = File.ReadAllBytes(file);
                // Inside of the first section, which begins at 4096.
                bytes[4_100] ^= 0x40;
                File.WriteAllBytes(file, bytes);
                break;
            case "empty":
                File.WriteAllBytes(file, []);
                break;
            default:
                File.WriteAllText(file, "this is no index");
                break;
        }
    }
}
