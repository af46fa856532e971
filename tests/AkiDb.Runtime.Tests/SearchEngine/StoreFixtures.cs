using AkiDb.SearchEngine.Collections;
using AkiDb.SearchEngine.Observability;
using AkiDb.SearchEngine.Store;
using AkiDb.Telemetry.Metrics;
using Microsoft.Extensions.Logging.Abstractions;

namespace AkiDb.Runtime.Tests.SearchEngine;

/// <summary>Stores in folders of the test's own, and short ways to write to them.</summary>
internal static class StoreFixtures
{
    public const int Dimension = 8;

    public static StoreMetrics Metrics() => new(new MetricRegistry());

    public static SearchStore Open(string folder, StoreMetrics? metrics = null) =>
        SearchStore.Open(folder, isRecord: true, metrics ?? Metrics(), NullLogger.Instance, TimeProvider.System, e => throw e);

    public static async Task<LiveCollection> CreateAsync(this SearchStore store, string name = "things")
    {
        await store.SubmitAsync(new CreateCollection(new CollectionSettings { Name = name, Dimension = Dimension }), default);
        return store.Catalog.Find(name)!;
    }

    public static Task<WriteResult> PutAsync(this SearchStore store, long collection, params DocumentWrite[] documents) =>
        store.SubmitAsync(new PutDocuments(collection, documents), default);

    /// <summary>A document whose vector follows from its number and version.</summary>
    public static DocumentWrite Document(int number, int version = 0) => new(
        $"d{number}", Vector(number, version), $"text {number}", $$"""{"number":{{number}},"version":{{version}},"parity":"{{(number % 2 == 0 ? "even" : "odd")}}"}""");

    public static float[] Vector(int number, int version = 0)
    {
        var random = new Random((number * 1_000) + version);
        return [.. Enumerable.Range(0, Dimension).Select(_ => random.NextSingle() - 0.5f)];
    }

    /// <summary>Every document of a collection as the store has it, by id.</summary>
    public static Dictionary<string, StoredDocument> Documents(this SearchStore store, long collection)
    {
        using var session = new ReadSession(Path.Combine(store.Folder, SearchStore.DatabaseName));
        return session.Documents(collection).ToDictionary(document => document.Id, StringComparer.Ordinal);
    }

    /// <summary>Ids nearest to a vector.</summary>
    public static string[] Search(this LiveCollection collection, float[] vector, int k)
    {
        var neighbors = new AkiDb.VectorIndex.Neighbor[k];
        var count = collection.Index.Search(vector, neighbors, new AkiDb.VectorIndex.SearchSettings { Width = 400 });
        return [.. neighbors.Take(count).Select(neighbor => collection.Cards.Find(neighbor.Key)!.Id)];
    }
}
