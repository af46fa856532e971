using AkiDb.Embedding;
using AkiDb.Embedding.Caching;
using AkiDb.Embedding.Scheduling;

namespace AkiDb.Runtime.Tests.Embedding;

public sealed class CachedEmbedderTests : IDisposable
{
    private readonly GatedGraph _graph = new();
    private readonly CachedEmbedder _embedder;

    public CachedEmbedderTests()
    {
        _graph.Open(1_000);
        _embedder = new CachedEmbedder(new QueuedEmbedder(_graph.Model, threads: 1), capacity: 2);
    }

    public void Dispose() => _embedder.Dispose();

    [Fact]
    public async Task Embed_OfAKnownText_RunsNothing()
    {
        await _embedder.EmbedAsync(["a", "bb"]);
        _graph.Runs.Clear();

        IReadOnlyList<TextEmbedding> again = await _embedder.EmbedAsync(["bb", "a", "a"]);

        again.Select(embedding => embedding.TokenCount).Should().Equal(2, 1, 1);
        _graph.Runs.Should().BeEmpty();
    }

    [Fact]
    public async Task Embed_OfKnownAndNewTexts_RunsTheNewOnes()
    {
        await _embedder.EmbedAsync(["a"]);
        _graph.Runs.Clear();

        IReadOnlyList<TextEmbedding> mixed = await _embedder.EmbedAsync(["ccc", "a"]);

        mixed.Select(embedding => embedding.Vector.Span[0]).Should().Equal(3 * 99f, 97f);
        _graph.Runs.Should().ContainSingle().Which.Should().Equal(3);
    }

    [Fact]
    public async Task Capacity_ForgetsTheTextThatWasUsedLongestAgo()
    {
        await _embedder.EmbedAsync(["a"]);
        await _embedder.EmbedAsync(["bb"]);
        await _embedder.EmbedAsync(["a"]);
        await _embedder.EmbedAsync(["ccc"]);
        _graph.Runs.Clear();

        await _embedder.EmbedAsync(["a"]);
        await _embedder.EmbedAsync(["bb"]);

        _graph.Runs.Should().ContainSingle().Which.Should().Equal(2);
    }

    [Fact]
    public async Task LongTexts_AreNotKept()
    {
        string document = new('x', 1_025);
        await _embedder.EmbedAsync([document]);
        _graph.Runs.Clear();

        await _embedder.EmbedAsync([document]);

        _graph.Runs.Should().ContainSingle();
    }
}
