using System.Globalization;
using System.Text;
using AkiDb.Embedding.Normalization;

namespace AkiDb.Embedding.Tokens;

/// <summary>
/// BERT's basic tokenizer: drops control characters, sets ideographs and punctuation apart, splits at white space; for an uncased
/// model it also drops accents and lower-cases. Follows google-research/bert, <c>tokenization.py</c>, and where the two differ
/// Hugging Face's <c>BertNormalizer</c>, which made the vectors that people compare with.
/// </summary>
/// <param name="isLowerCase">True for an uncased model.</param>
internal sealed class BertWords(bool isLowerCase)
{
    /// <summary>The words, each as its characters' code points.</summary>
    public IEnumerable<int[]> Split(string text)
    {
        string cleaned = Clean(text);
        string normal = isLowerCase ? UnicodeText.ToFormD(cleaned) : cleaned;
        var word = new List<int>();
        foreach (Rune rune in normal.EnumerateRunes())
        {
            if (isLowerCase && Rune.GetUnicodeCategory(rune) == UnicodeCategory.NonSpacingMark)
            {
                continue;
            }

            Rune character = isLowerCase ? Rune.ToLowerInvariant(rune) : rune;
            bool standsAlone = IsPunctuation(character);
            if ((standsAlone || character.Value == ' ') && word.Count > 0)
            {
                yield return [.. word];
                word.Clear();
            }

            if (standsAlone)
            {
                yield return [character.Value];
            }
            else if (character.Value != ' ')
            {
                word.Add(character.Value);
            }
        }

        if (word.Count > 0)
        {
            yield return [.. word];
        }
    }

    private static string Clean(string text)
    {
        var cleaned = new StringBuilder(text.Length);
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (rune.Value is 0xFFFD || IsControl(rune))
            {
                continue;
            }

            if (Rune.IsWhiteSpace(rune))
            {
                cleaned.Append(' ');
            }
            else if (IsIdeograph(rune.Value))
            {
                cleaned.Append(' ').Append(rune).Append(' ');
            }
            else
            {
                cleaned.Append(rune);
            }
        }

        return cleaned.ToString();
    }

    private static bool IsControl(Rune rune) => rune.Value is not ('\t' or '\n' or '\r') && Rune.GetUnicodeCategory(rune)
        is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.OtherNotAssigned or UnicodeCategory.PrivateUse;

    /// <summary>ASCII's signs all count, also those that Unicode calls symbols, e.g. '$' and '^'.</summary>
    private static bool IsPunctuation(Rune rune) => rune.IsAscii
        ? char.IsAsciiLetterOrDigit((char)rune.Value) is false && rune.Value is > ' ' and < 0x7F
        : Rune.IsPunctuation(rune);

    /// <summary>The CJK blocks that the original lists; Hangul and kana are not among them.</summary>
    private static bool IsIdeograph(int character) => character
        is (>= 0x4E00 and <= 0x9FFF) or (>= 0x3400 and <= 0x4DBF) or (>= 0x20000 and <= 0x2A6DF) or (>= 0x2A700 and <= 0x2B73F)
        or (>= 0x2B740 and <= 0x2B81F) or (>= 0x2B820 and <= 0x2CEAF) or (>= 0xF900 and <= 0xFAFF) or (>= 0x2F800 and <= 0x2FA1F);
}
