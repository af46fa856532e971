namespace AkiDb.Embedding.Caching;

/// <summary>Answers the most recently used texts from memory: queries repeat, and a model is deterministic.</summary>
/// <param name="inner">The model; disposed with this.</param>
/// <param name="capacity">Most texts to keep, at least 1.</param>
internal sealed class CachedEmbedder(ITextEmbedder inner, int capacity) : ITextEmbedder
{
    /// <summary>Longer texts are documents, which come once. In UTF-16 units.</summary>
    private const int LongestText = 1024;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, LinkedListNode<(string Text, TextEmbedding Embedding)>> _entries = new(StringComparer.Ordinal);
    private readonly LinkedList<(string Text, TextEmbedding Embedding)> _byUse = new();

    public EmbeddingModel Model => inner.Model;

    public async ValueTask<IReadOnlyList<TextEmbedding>> EmbedAsync(IReadOnlyList<string> texts, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(texts);
        cancellation.ThrowIfCancellationRequested();
        var results = new TextEmbedding[texts.Count];
        List<int> unknown = Recall(texts, results);
        if (unknown.Count > 0)
        {
            IReadOnlyList<TextEmbedding> embedded = await inner.EmbedAsync([.. unknown.Select(index => texts[index])], cancellation);
            for (int i = 0; i < unknown.Count; i++)
            {
                results[unknown[i]] = embedded[i];
            }

            Remember(texts, results, unknown);
        }

        return results;
    }

    public void Dispose() => inner.Dispose();

    private List<int> Recall(IReadOnlyList<string> texts, TextEmbedding[] results)
    {
        var unknown = new List<int>();
        lock (_lock)
        {
            for (int i = 0; i < texts.Count; i++)
            {
                string text = texts[i] ?? throw new ArgumentException($"Text {i} is null.", nameof(texts));
                if (_entries.TryGetValue(text, out var entry))
                {
                    _byUse.Remove(entry);
                    _byUse.AddFirst(entry);
                    results[i] = entry.Value.Embedding;
                }
                else
                {
                    unknown.Add(i);
                }
            }
        }

        return unknown;
    }

    private void Remember(IReadOnlyList<string> texts, TextEmbedding[] results, List<int> indices)
    {
        lock (_lock)
        {
            foreach (int index in indices)
            {
                if (texts[index].Length <= LongestText && !_entries.ContainsKey(texts[index]))
                {
                    _entries.Add(texts[index], _byUse.AddFirst((texts[index], results[index])));
                }
            }

            while (_entries.Count > capacity)
            {
                _entries.Remove(_byUse.Last!.Value.Text);
                _byUse.RemoveLast();
            }
        }
    }
}
