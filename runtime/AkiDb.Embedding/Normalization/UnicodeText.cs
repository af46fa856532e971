using System.Text;

namespace AkiDb.Embedding.Normalization;

/// <summary>
/// Unicode normalization (UAX #15). <see cref="string.Normalize()"/> returns its argument unchanged where globalization is
/// invariant, as it is in our programs (their images carry no ICU), so tokenizers would read another text than the model learnt.
/// </summary>
internal static class UnicodeText
{
    // Hangul syllables are composed by arithmetic: Unicode Standard, section 3.12.
    private const int HangulBase = 0xAC00;
    private const int LeadBase = 0x1100;
    private const int VowelBase = 0x1161;
    private const int TrailBase = 0x11A7;
    private const int LeadCount = 19;
    private const int VowelCount = 21;
    private const int TrailCount = 28;
    private const int HangulCount = LeadCount * VowelCount * TrailCount;

    /// <summary>Characters below this one are their own form in NFD, and in NFKC up to U+009F.</summary>
    private const char FirstDecomposable = '\u00A0';

    /// <summary>Normalization form KC: compatibility decomposition, then composition. Lone surrogates become U+FFFD.</summary>
    public static string ToFormKC(string text)
    {
        if (!text.AsSpan().ContainsAnyInRange(FirstDecomposable, char.MaxValue))
        {
            return text;
        }

        List<int> characters = Decompose(text, isCompatible: true);
        Compose(characters);
        return ToString(characters);
    }

    /// <summary>Normalization form D: canonical decomposition. Lone surrogates become U+FFFD.</summary>
    public static string ToFormD(string text) => text.AsSpan().ContainsAnyInRange(FirstDecomposable, char.MaxValue)
        ? ToString(Decompose(text, isCompatible: false))
        : text;

    private static List<int> Decompose(string text, bool isCompatible)
    {
        NormalizationData data = NormalizationData.Instance;
        var characters = new List<int>(text.Length);
        foreach (Rune rune in text.EnumerateRunes())
        {
            int hangul = rune.Value - HangulBase;
            if (hangul is >= 0 and < HangulCount)
            {
                characters.Add(LeadBase + (hangul / (VowelCount * TrailCount)));
                characters.Add(VowelBase + (hangul / TrailCount % VowelCount));
                if (hangul % TrailCount != 0)
                {
                    characters.Add(TrailBase + (hangul % TrailCount));
                }
            }
            else if (data.DecompositionOf(rune.Value, isCompatible) is { } parts)
            {
                characters.AddRange(parts);
            }
            else
            {
                characters.Add(rune.Value);
            }
        }

        Order(characters, data);
        return characters;
    }

    /// <summary>Sorts each run of combining characters by class, equal classes in their order.</summary>
    private static void Order(List<int> characters, NormalizationData data)
    {
        int start = 0;
        while (start < characters.Count)
        {
            int end = start;
            while (end < characters.Count && data.ClassOf(characters[end]) != 0)
            {
                end++;
            }

            if (end - start > 1)
            {
                int[] ordered = [.. characters[start..end].OrderBy(data.ClassOf)];
                for (int i = start; i < end; i++)
                {
                    characters[i] = ordered[i - start];
                }
            }

            start = end + 1;
        }
    }

    /// <summary>Joins each character with the last one before it that started anew, unless something of its class or higher stands between.</summary>
    private static void Compose(List<int> characters)
    {
        NormalizationData data = NormalizationData.Instance;
        int starter = -1;
        // Class of the last character that stayed since the starter; -1 if none did.
        int lastClass = -1;
        int length = 0;
        for (int i = 0; i < characters.Count; i++)
        {
            int character = characters[i];
            int ownClass = data.ClassOf(character);
            if (starter >= 0 && lastClass < ownClass && ComposePair(characters[starter], character, data) is { } composed)
            {
                characters[starter] = composed;
                continue;
            }

            if (ownClass == 0)
            {
                starter = length;
                lastClass = -1;
            }
            else
            {
                lastClass = ownClass;
            }

            characters[length++] = character;
        }

        characters.RemoveRange(length, characters.Count - length);
    }

    private static int? ComposePair(int first, int second, NormalizationData data)
    {
        int lead = first - LeadBase;
        int vowel = second - VowelBase;
        if (lead is >= 0 and < LeadCount && vowel is >= 0 and < VowelCount)
        {
            return HangulBase + (((lead * VowelCount) + vowel) * TrailCount);
        }

        int syllable = first - HangulBase;
        int trail = second - TrailBase;
        if (syllable is >= 0 and < HangulCount && syllable % TrailCount == 0 && trail is > 0 and < TrailCount)
        {
            return first + trail;
        }

        return data.Compose(first, second);
    }

    private static string ToString(List<int> characters)
    {
        var text = new StringBuilder(characters.Count);
        foreach (int character in characters)
        {
            text.Append(new Rune(character));
        }

        return text.ToString();
    }
}
