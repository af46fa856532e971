using System.Diagnostics;
using AkiDb.Embedding.Models;
using AkiDb.Embedding.Tokens;

namespace AkiDb.Embedding.Scheduling;

/// <summary>A model and the threads that run it, each a batch at a time on a core of its own.</summary>
internal sealed class QueuedEmbedder : ITextEmbedder
{
    private readonly SentenceModel _model;
    private readonly TurnQueue _queue;
    private readonly Thread[] _threads;

    /// <param name="model">Disposed with this.</param>
    /// <param name="threads">Batches that run at the same time.</param>
    public QueuedEmbedder(SentenceModel model, int threads)
    {
        _model = model;
        _queue = new TurnQueue(threads, isShared: !model.Graph.MixesTexts);
        _threads = [.. Enumerable.Range(0, threads).Select(i => new Thread(Work) { IsBackground = true, Name = $"embed-{i}" })];
        Array.ForEach(_threads, thread => thread.Start());
    }

    public EmbeddingModel Model => _model.Identity;

    public async ValueTask<IReadOnlyList<TextEmbedding>> EmbedAsync(IReadOnlyList<string> texts, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(texts);
        cancellation.ThrowIfCancellationRequested();
        if (texts.Count == 0)
        {
            return [];
        }

        TokenList[] tokens = Tokenise(texts, cancellation);
        using Activity? infer = TextEmbedders.Activities.StartActivity("infer");
        infer?.SetTag("akidb.model", Model.Name);
        var pending = new PendingTexts(tokens);
        _queue.Enqueue(pending);
        await using CancellationTokenRegistration registration =
            cancellation.UnsafeRegister(static (state, token) => ((PendingTexts)state!).Cancel(token), pending);
        return await pending.Completion;
    }

    public void Dispose()
    {
        _queue.Close();
        Array.ForEach(_threads, thread => thread.Join());
        _queue.Dispose();
        _model.Graph.Dispose();
    }

    private TokenList[] Tokenise(IReadOnlyList<string> texts, CancellationToken cancellation)
    {
        using Activity? activity = TextEmbedders.Activities.StartActivity("tokenise");
        var tokens = new TokenList[texts.Count];
        for (int i = 0; i < tokens.Length; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            tokens[i] = _model.Tokenizer.Tokenize(texts[i] ?? throw new ArgumentException($"Text {i} is null.", nameof(texts)));
        }

        if (activity is not null)
        {
            activity.SetTag("akidb.texts", tokens.Length);
            activity.SetTag("akidb.tokens", tokens.Sum(list => list.Ids.Length));
            activity.SetTag("akidb.truncated", tokens.Count(list => list.IsTruncated));
        }

        return tokens;
    }

    private void Work()
    {
        while (_queue.Take() is { } batch)
        {
            try
            {
                float[][] vectors = _model.Graph.Run([.. batch.Texts.Select(text => text.Owner.IdsOf(text.Index))]);
                for (int i = 0; i < vectors.Length; i++)
                {
                    batch.Texts[i].Owner.Complete(batch.Texts[i].Index, vectors[i]);
                }
            }
#pragma warning disable CA1031 // Whatever a run throws belongs to those who wait for it; the thread serves the others.
            catch (Exception problem)
#pragma warning restore CA1031
            {
                foreach (PendingTexts owner in batch.Texts.Select(text => text.Owner).Distinct())
                {
                    owner.Fail(problem);
                }
            }
        }
    }
}
