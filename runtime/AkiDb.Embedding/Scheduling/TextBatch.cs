namespace AkiDb.Embedding.Scheduling;

/// <summary>Texts that run together, of one caller or of several.</summary>
/// <param name="maximumTokens">Most tokens, padding included; a single text may have more.</param>
internal sealed class TextBatch(int maximumTokens)
{
    /// <summary>A batch must be filled with tokens to this share; the rest may be padding.</summary>
    private const double MinimumFill = 0.8;

    private readonly List<(PendingTexts Owner, int Index)> _texts = [];
    private int _tokens;
    private int _longest;

    public IReadOnlyList<(PendingTexts Owner, int Index)> Texts => _texts;

    /// <summary>True if a text of a length can join: the batch stays small and mostly filled.</summary>
    public bool HasRoomFor(int length)
    {
        int longest = Math.Max(_longest, length);
        int padded = longest * (_texts.Count + 1);
        return _texts.Count == 0 || (padded <= maximumTokens && _tokens + length >= MinimumFill * padded);
    }

    public void Add(PendingTexts owner)
    {
        int length = owner.NextLength;
        _texts.Add((owner, owner.Take()));
        _tokens += length;
        _longest = Math.Max(_longest, length);
    }
}
