using AkiDb.Embedding;
using AkiDb.Embedding.Scheduling;

namespace AkiDb.Runtime.Tests.Embedding;

/// <summary>Turns, batches, cancellation: how callers share the threads.</summary>
public sealed class QueuedEmbedderTests
{
    [Fact]
    public async Task Embed_GivesEachTextItsOwnVectorInOrder()
    {
        using var graph = new GatedGraph();
        using var embedder = new QueuedEmbedder(graph.Model, threads: 2);
        graph.Open(1000);
        string[] texts = [.. Enumerable.Range(0, 300).Select(i => new string('a', 1 + (i * 7919 % 130)))];

        IReadOnlyList<TextEmbedding> embedded = await embedder.EmbedAsync(texts);

        embedded.Select(embedding => (embedding.Vector.Span[0], embedding.TokenCount)).Should().Equal(texts.Select(text => (97f * text.Length, text.Length)));
    }

    [Fact]
    public async Task Query_DuringABulkLoad_WaitsForOneBatch()
    {
        using var graph = new GatedGraph();
        using var embedder = new QueuedEmbedder(graph.Model, threads: 1);
        Task bulk = embedder.EmbedAsync([.. Enumerable.Repeat(new string('a', 64), 1_000)]).AsTask();
        await graph.StartedAsync();

        Task<IReadOnlyList<TextEmbedding>> query = embedder.EmbedAsync(["query"]).AsTask();
        // The batch that runs, the one whose turn the load has by then, the query's own.
        graph.Open(3);

        (await query.WaitAsync(TimeSpan.FromSeconds(30))).Should().ContainSingle();
        bulk.IsCompleted.Should().BeFalse();
        graph.Runs.Count.Should().BeLessThanOrEqualTo(4);
        graph.Open(2_000);
        await bulk;
    }

    [Fact]
    public async Task Callers_OfTextsOfOneLength_ShareABatch()
    {
        using var graph = new GatedGraph();
        using var embedder = new QueuedEmbedder(graph.Model, threads: 1);
        Task first = embedder.EmbedAsync(["first"]).AsTask();
        await graph.StartedAsync();

        Task[] waiting = [.. Enumerable.Range(0, 4).Select(_ => embedder.EmbedAsync(["waits"]).AsTask()), embedder.EmbedAsync([new string('x', 100)]).AsTask()];
        graph.Open(10);
        await Task.WhenAll([first, .. waiting]);

        graph.Runs.Select(run => string.Join(',', run)).Should().Equal("5", "5,5,5,5", "100");
    }

    [Fact]
    public async Task Batches_AreNeverLargerThanTheLongestText_NorMostlyPadding()
    {
        using var graph = new GatedGraph();
        using var embedder = new QueuedEmbedder(graph.Model, threads: 1);
        graph.Open(10_000);
        var random = new Random(5);

        await embedder.EmbedAsync([.. Enumerable.Range(0, 2_000).Select(_ => new string('a', random.Next(0, 129)))]);

        graph.Runs.Should().OnlyContain(run => run.Length == 1 || run.Max() * run.Length <= 128);
        graph.Runs.Should().OnlyContain(run => run.Length == 1 || run.Sum(length => Math.Max(1, length)) >= 0.8 * run.Max() * run.Length);
    }

    [Fact]
    public async Task Request_OfSeveralTexts_IsSpreadOverIdleThreads()
    {
        using var graph = new GatedGraph();
        using var embedder = new QueuedEmbedder(graph.Model, threads: 2);

        Task request = embedder.EmbedAsync([.. Enumerable.Repeat(new string('a', 16), 8)]).AsTask();
        await graph.StartedAsync();
        await graph.StartedAsync();
        graph.Open(100);
        await request;

        graph.Runs.First().Should().HaveCount(4);
    }

    [Fact]
    public async Task Graph_ThatMixesTexts_RunsThemAlone()
    {
        using var graph = new GatedGraph { MixesTexts = true };
        using var embedder = new QueuedEmbedder(graph.Model, threads: 2);
        graph.Open(100);

        await embedder.EmbedAsync([.. Enumerable.Repeat("same", 20)]);

        graph.Runs.Should().HaveCount(20).And.OnlyContain(run => run.Length == 1);
    }

    [Fact]
    public async Task Cancellation_EndsTheWaitAtOnceAndTheWorkAfterTheBatch()
    {
        using var graph = new GatedGraph();
        using var embedder = new QueuedEmbedder(graph.Model, threads: 1);
        using var cancelled = new CancellationTokenSource();
        Task<IReadOnlyList<TextEmbedding>> request = embedder.EmbedAsync([.. Enumerable.Repeat(new string('a', 100), 50)], cancelled.Token).AsTask();
        await graph.StartedAsync();

        await cancelled.CancelAsync();

        await request.Awaiting(r => r).Should().ThrowAsync<OperationCanceledException>();
        graph.Open(100);
        await embedder.EmbedAsync(["next"]);
        graph.Runs.Select(run => run[0]).Should().Equal(100, 4);
    }

    [Fact]
    public async Task Cancellation_BeforeTheStart_RunsNothing()
    {
        using var graph = new GatedGraph();
        using var embedder = new QueuedEmbedder(graph.Model, threads: 1);

        await embedder.Awaiting(e => e.EmbedAsync(["a"], new CancellationToken(canceled: true)).AsTask()).Should().ThrowAsync<OperationCanceledException>();

        graph.Runs.Should().BeEmpty();
    }

    [Fact]
    public async Task Failure_OfARun_ReachesItsCallerAndNobodyElse()
    {
        using var graph = new GatedGraph { Failure = new InvalidOperationException("broken") };
        using var embedder = new QueuedEmbedder(graph.Model, threads: 1);
        graph.Open(1);
        await embedder.Awaiting(e => e.EmbedAsync(["a"]).AsTask()).Should().ThrowAsync<InvalidOperationException>().WithMessage("broken");

        graph.Failure = null;
        graph.Open(1);

        (await embedder.EmbedAsync(["b"])).Should().ContainSingle();
    }

    [Fact]
    public async Task Dispose_FailsThoseWhoWait()
    {
        using var graph = new GatedGraph();
        var embedder = new QueuedEmbedder(graph.Model, threads: 1);
        Task running = embedder.EmbedAsync(["runs"]).AsTask();
        await graph.StartedAsync();
        Task waiting = embedder.EmbedAsync(["waits longer than the other"]).AsTask();

        Task disposal = Task.Run(embedder.Dispose);
        await waiting.Awaiting(task => task).Should().ThrowAsync<ObjectDisposedException>();
        graph.Open(1);
        await disposal;

        await running;
        await embedder.Awaiting(e => e.EmbedAsync(["late"]).AsTask()).Should().ThrowAsync<ObjectDisposedException>();
    }

    [Fact]
    public async Task NullText_IsNamedByItsPlace()
    {
        using var graph = new GatedGraph();
        using var embedder = new QueuedEmbedder(graph.Model, threads: 1);

        await embedder.Awaiting(e => e.EmbedAsync(["a", null!]).AsTask()).Should().ThrowAsync<ArgumentException>().WithMessage("Text 1 is null.*");
        (await embedder.EmbedAsync([])).Should().BeEmpty();
    }
}
