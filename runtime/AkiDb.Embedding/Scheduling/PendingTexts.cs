using AkiDb.Embedding.Tokens;

namespace AkiDb.Embedding.Scheduling;

/// <summary>One caller's texts while they wait for their turns. Everything but the task is guarded by the queue that holds it.</summary>
internal sealed class PendingTexts
{
    private readonly TokenList[] _tokens;
    private readonly TextEmbedding[] _results;
    private readonly int[] _order;
    private readonly TaskCompletionSource<TextEmbedding[]> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _next;
    private int _missing;

    public PendingTexts(TokenList[] tokens)
    {
        _tokens = tokens;
        _results = new TextEmbedding[tokens.Length];
        _missing = tokens.Length;
        // Texts of one length waste nothing on padding.
        _order = [.. Enumerable.Range(0, tokens.Length).OrderBy(i => tokens[i].Ids.Length)];
        WaitingTokens = _order.Sum(LengthOf);
    }

    public Task<TextEmbedding[]> Completion => _completion.Task;

    /// <summary>True if nothing of it must run any more: all taken, or cancelled, or failed.</summary>
    public bool IsTaken => _next == _order.Length || _completion.Task.IsCompleted;

    /// <summary>Tokens of the texts that were not taken yet.</summary>
    public int WaitingTokens { get; private set; }

    /// <summary>Tokens of the text whose turn is next.</summary>
    public int NextLength => LengthOf(_order[_next]);

    /// <summary>Takes the next text; returns its index.</summary>
    public int Take()
    {
        WaitingTokens -= NextLength;
        return _order[_next++];
    }

    public int[] IdsOf(int index) => _tokens[index].Ids;

    /// <summary>Stores a text's vector; the last one ends the wait. Called by one thread for each text, by several for different ones.</summary>
    public void Complete(int index, float[] vector)
    {
        _results[index] = new TextEmbedding(vector, _tokens[index].Ids.Length, _tokens[index].IsTruncated);
        if (Interlocked.Decrement(ref _missing) == 0)
        {
            _completion.TrySetResult(_results);
        }
    }

    public void Fail(Exception problem) => _completion.TrySetException(problem);

    public void Cancel(CancellationToken cancellation) => _completion.TrySetCanceled(cancellation);

    // An empty text still takes a row of the batch.
    private int LengthOf(int index) => Math.Max(1, _tokens[index].Ids.Length);
}
