namespace AkiDb.Embedding.Inference;

/// <summary>Texts of different lengths as one matrix.</summary>
/// <param name="Ids">Token ids, row-major.</param>
/// <param name="Texts">Rows.</param>
/// <param name="Length">Columns: the longest text's tokens, at least 1, since graphs do not read empty matrices.</param>
internal readonly record struct PaddedTokens(long[] Ids, int Texts, int Length)
{
    /// <param name="texts">Token ids of each text.</param>
    /// <param name="padding">What follows a text's last token.</param>
    public static PaddedTokens Of(IReadOnlyList<int[]> texts, long padding)
    {
        int length = Math.Max(1, texts.Max(text => text.Length));
        var ids = new long[texts.Count * length];
        Array.Fill(ids, padding);
        for (int row = 0; row < texts.Count; row++)
        {
            int[] text = texts[row];
            for (int i = 0; i < text.Length; i++)
            {
                ids[(row * length) + i] = text[i];
            }
        }

        return new PaddedTokens(ids, texts.Count, length);
    }

    public long[] Shape => [Texts, Length];
}
