using System.Text;

namespace AkiDb.Embedding.Tokens;

/// <summary>
/// BERT's WordPiece (Devlin et al., 2018): words from <see cref="BertWords"/>, each cut greedily into the longest pieces of the
/// vocabulary, between <c>[CLS]</c> and <c>[SEP]</c>.
/// </summary>
internal sealed class WordPieceTokenizer : ITokenizer
{
    /// <summary>A longer word is unknown as a whole, as in the original implementation. In characters.</summary>
    private const int LongestWord = 100;

    private const string Continuation = "##";

    private readonly PieceTrie _first = new();
    private readonly PieceTrie _following = new();
    private readonly BertWords _words;
    private readonly int _unknown;
    private readonly int _start;
    private readonly int _end;
    private readonly int _maximumTokens;

    private WordPieceTokenizer(string[] vocabulary, bool isLowerCase, int maximumTokens)
    {
        _words = new BertWords(isLowerCase);
        _maximumTokens = maximumTokens;
        for (int id = 0; id < vocabulary.Length; id++)
        {
            if (vocabulary[id].StartsWith(Continuation, StringComparison.Ordinal) && vocabulary[id].Length > Continuation.Length)
            {
                _following.Add(vocabulary[id][Continuation.Length..], id);
            }
            else
            {
                _first.Add(vocabulary[id], id);
            }
        }

        _unknown = Special(vocabulary, "[UNK]");
        _start = Special(vocabulary, "[CLS]");
        _end = Special(vocabulary, "[SEP]");
    }

    /// <summary>Reads a vocabulary: one piece a line, UTF-8, its id the line's number from 0.</summary>
    /// <param name="file">Content of <c>vocab.txt</c>.</param>
    /// <param name="isLowerCase">True for an uncased model: letters lower-cased, accents dropped.</param>
    /// <param name="maximumTokens">Most tokens of a text, <c>[CLS]</c> and <c>[SEP]</c> included; at least 3.</param>
    /// <exception cref="InvalidDataException">A special token is missing.</exception>
    public static WordPieceTokenizer Parse(ReadOnlySpan<byte> file, bool isLowerCase, int maximumTokens)
    {
        string[] vocabulary = Encoding.UTF8.GetString(file).TrimEnd('\n', '\r').Split('\n');
        return new WordPieceTokenizer([.. vocabulary.Select(piece => piece.TrimEnd('\r'))], isLowerCase, maximumTokens);
    }

    public TokenList Tokenize(string text)
    {
        var ids = new List<int> { _start };
        // One more than fits tells that something was cut; reading on would only take time.
        foreach (int[] word in _words.Split(text))
        {
            AddWord(word, ids);
            if (ids.Count > _maximumTokens - 1)
            {
                break;
            }
        }

        bool isTruncated = ids.Count > _maximumTokens - 1;
        if (isTruncated)
        {
            ids.RemoveRange(_maximumTokens - 1, ids.Count - _maximumTokens + 1);
        }

        ids.Add(_end);
        return new TokenList([.. ids], isTruncated);
    }

    private void AddWord(int[] word, List<int> ids)
    {
        int before = ids.Count;
        int start = 0;
        while (start < word.Length && word.Length <= LongestWord)
        {
            (int id, int length) = LongestPiece(start == 0 ? _first : _following, word.AsSpan(start));
            if (length == 0)
            {
                break;
            }

            ids.Add(id);
            start += length;
        }

        if (start < word.Length)
        {
            ids.RemoveRange(before, ids.Count - before);
            ids.Add(_unknown);
        }
    }

    private static (int Id, int Length) LongestPiece(PieceTrie trie, ReadOnlySpan<int> characters)
    {
        (int Id, int Length) longest = (-1, 0);
        int node = PieceTrie.Root;
        for (int i = 0; i < characters.Length && trie.TryStep(ref node, characters[i]); i++)
        {
            if (trie.PieceAt(node) is >= 0 and var id)
            {
                longest = (id, i + 1);
            }
        }

        return longest;
    }

    private static int Special(string[] vocabulary, string token)
    {
        int id = Array.IndexOf(vocabulary, token);
        return id >= 0 ? id : throw new InvalidDataException($"the vocabulary of {vocabulary.Length} lines has no line '{token}'");
    }
}
