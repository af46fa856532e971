using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using AkiDb.Embedding.Normalization;

namespace AkiDb.Embedding.Tokens;

/// <summary>
/// SentencePiece's unigram model (Kudo, 2018) as Universal Sentence Encoder Lite's own tokenizer has it: NFKC, a '▁' for each space
/// and before the first character, then of all segmentations the one with the highest sum of the pieces' log probabilities.
/// </summary>
/// <remarks>
/// The model's JavaScript is the reference, also where it departs from SentencePiece: an unknown character costs nothing, a
/// position whose best sum is zero counts as not reached, of equal sums the shortest last piece wins, and no position is bridged
/// by an unknown character if any piece begins there.
/// </remarks>
internal sealed class UnigramTokenizer : ITokenizer
{
    private const char Space = '\u2581';
    private const int Unknown = 0;

    /// <summary>The first ids stand for control tokens, which no text may spell.</summary>
    private const int ReservedIds = 6;

    private readonly PieceTrie _trie = new();
    private readonly double[] _scores;
    private readonly int[] _lengths;
    private readonly int _maximumTokens;

    private UnigramTokenizer(IReadOnlyList<(string Piece, double Score)> vocabulary, int maximumTokens)
    {
        _maximumTokens = maximumTokens;
        _scores = [.. vocabulary.Select(entry => entry.Score)];
        _lengths = [.. vocabulary.Select(entry => entry.Piece.EnumerateRunes().Count())];
        for (int id = ReservedIds; id < vocabulary.Count; id++)
        {
            _trie.Add(vocabulary[id].Piece, id);
        }
    }

    /// <summary>Reads a vocabulary: a JSON array of pairs of piece and log probability, which may be null and then counts as 0.</summary>
    /// <exception cref="InvalidDataException">It is none.</exception>
    public static UnigramTokenizer Parse(ReadOnlyMemory<byte> json, int maximumTokens)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            var vocabulary = new List<(string, double)>();
            foreach (JsonElement entry in document.RootElement.EnumerateArray())
            {
                vocabulary.Add((entry[0].GetString()!, entry[1].ValueKind == JsonValueKind.Null ? 0 : entry[1].GetDouble()));
            }

            return vocabulary.Count > ReservedIds && vocabulary.All(entry => entry.Item1 is { Length: > 0 })
                ? new UnigramTokenizer(vocabulary, maximumTokens)
                : throw new InvalidDataException("the vocabulary has no pieces, or an empty one");
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException or IndexOutOfRangeException or FormatException)
        {
            throw new InvalidDataException($"the vocabulary is no array of pairs of piece and score: {problem.Message}", problem);
        }
    }

    public TokenList Tokenize(string text)
    {
        int[] characters = Characters(text);
        int[] pieces = BestPieces(characters);
        List<int> ids = Collect(pieces);
        bool isTruncated = ids.Count > _maximumTokens;
        return new TokenList(isTruncated ? [.. CollectionsMarshal.AsSpan(ids)[.._maximumTokens]] : [.. ids], isTruncated);
    }

    private static int[] Characters(string text)
    {
        string normal = UnicodeText.ToFormKC(text);
        if (normal.Length == 0)
        {
            return [];
        }

        var characters = new List<int>(normal.Length + 1) { Space };
        foreach (Rune rune in normal.EnumerateRunes())
        {
            characters.Add(rune.Value == ' ' ? Space : rune.Value);
        }

        return [.. characters];
    }

    /// <summary>For each end position, the last piece of the best segmentation up to there.</summary>
    private int[] BestPieces(int[] characters)
    {
        var best = new double[characters.Length + 1];
        var pieces = new int[characters.Length + 1];
        for (int start = 0; start < characters.Length; start++)
        {
            int node = PieceTrie.Root;
            bool found = false;
            for (int end = start; end < characters.Length && _trie.TryStep(ref node, characters[end]); end++)
            {
                if (_trie.PieceAt(node) is >= 0 and var id)
                {
                    found = true;
                    Offer(end + 1, id, best[start] + _scores[id]);
                }
            }

            if (!found)
            {
                Offer(start + 1, Unknown, best[start]);
            }
        }

        return pieces;

        void Offer(int end, int id, double score)
        {
            if (best[end] == 0 || score >= best[end])
            {
                best[end] = score;
                pieces[end] = id;
            }
        }
    }

    /// <summary>Follows the pieces from the end; neighbouring unknown characters make one token.</summary>
    private List<int> Collect(int[] pieces)
    {
        var ids = new List<int>();
        for (int end = pieces.Length - 1; end > 0; end -= _lengths[pieces[end]])
        {
            if (pieces[end] != Unknown || ids.Count == 0 || ids[^1] != Unknown)
            {
                ids.Add(pieces[end]);
            }
        }

        ids.Reverse();
        return ids;
    }
}
