using System.Collections.Concurrent;
using AkiDb.Embedding;
using AkiDb.Embedding.Inference;
using AkiDb.Embedding.Models;
using AkiDb.Embedding.Tokens;

namespace AkiDb.Runtime.Tests.Embedding;

/// <summary>A graph whose runs a test holds back one by one, over a tokenizer that makes one token of each letter.</summary>
internal sealed class GatedGraph : ISentenceGraph, ITokenizer
{
    private readonly SemaphoreSlim _gate = new(0);
    private readonly SemaphoreSlim _started = new(0);

    /// <summary>Each run's texts, as the lengths of their tokens, in the order in which they started.</summary>
    public ConcurrentQueue<int[]> Runs { get; } = new();

    public bool MixesTexts { get; init; }

    public Exception? Failure { get; set; }

    public SentenceModel Model => new(new EmbeddingModel("gated", "", 1, 128), this, this);

    public TokenList Tokenize(string text) => new([.. text.Select(letter => (int)letter)], false);

    public float[][] Run(IReadOnlyList<int[]> texts)
    {
        Runs.Enqueue([.. texts.Select(text => text.Length)]);
        _started.Release();
        _gate.Wait();
        return Failure is null ? [.. texts.Select(text => new float[] { text.Sum() })] : throw Failure;
    }

    /// <summary>Lets runs end.</summary>
    public void Open(int runs) => _gate.Release(runs);

    /// <summary>Waits until one more run has started.</summary>
    public async Task StartedAsync() =>
        (await _started.WaitAsync(TimeSpan.FromSeconds(30))).Should().BeTrue("a run should have started");

    public void Dispose()
    {
        _gate.Dispose();
        _started.Dispose();
    }
}
