using System.Text;
using AkiDb.Embedding.Normalization;

namespace AkiDb.Runtime.Tests.Embedding;

/// <summary>Against V8's and ICU's normalization.</summary>
public sealed class UnicodeTextTests
{
    [Fact]
    public async Task EveryCharacter_IsNormalizedAsIcuDoes()
    {
        string[] characters = [.. Enumerable.Range(1, 0x10FFFF).Where(Rune.IsValid).Select(value => new Rune(value))
            .Where(rune => !IsNewer(rune.Value)).Select(rune => rune.ToString())];

        await CompareAsync(characters);
    }

    [Fact]
    public async Task RandomSequences_AreOrderedAndComposedAsIcuDoes()
    {
        var random = new Random(3);
        int[] pool = [.. "aAeo o"u8.ToArray().Select(b => (int)b), .. Enumerable.Range(0x300, 0x60), 0x1100, 0x1161, 0x11A8, 0xAC00, 0xAC01, 0x1E9B, 0x323, 0xFB01,
            0x3099, 0x304B, 0x2126, 0x212B, 0xF71, 0xF72, 0xF80, 0x9C7, 0x9BE, 0x1D15E];
        string[] sequences = [.. Enumerable.Range(0, 20_000).Select(_ =>
            string.Concat(Enumerable.Range(0, random.Next(1, 8)).Select(_ => new Rune(pool[random.Next(pool.Length)]).ToString())))];

        await CompareAsync(sequences);
    }

    [Fact]
    public void LoneSurrogates_BecomeReplacementCharacters()
    {
        UnicodeText.ToFormKC("é\uD800x").Should().Be("é\uFFFDx");
        UnicodeText.ToFormD("é\uDC00").Should().Be("e\u0301\uFFFD");
    }

    [Fact]
    public void Ascii_IsReturnedAsItIs()
    {
        string text = "plain text, as most queries are";

        UnicodeText.ToFormKC(text).Should().BeSameAs(text);
        UnicodeText.ToFormD(text).Should().BeSameAs(text);
    }

    private static async Task CompareAsync(string[] texts)
    {
        string[][] expected = await ReferencePrograms.RunAsync<string[][]>("normalize", texts);
        for (int i = 0; i < texts.Length; i++)
        {
            if (UnicodeText.ToFormKC(texts[i]) != expected[i][0] || UnicodeText.ToFormD(texts[i]) != expected[i][1])
            {
                Assert.Fail($"{string.Join(' ', texts[i].EnumerateRunes().Select(rune => $"U+{rune.Value:X4}"))} is normalized differently.");
            }
        }
    }

    /// <summary>What Unicode 15 to 17 added with a normal form of its own: our data is of Unicode 14, the reference's may be newer.</summary>
    private static bool IsNewer(int character) => character is 0xA7F1 or 0x105C9 or 0x105E4 or (>= 0x11383 and <= 0x113C8)
        or (>= 0x16121 and <= 0x16D6A) or (>= 0x1CCD6 and <= 0x1CCF9) or (>= 0x1E030 and <= 0x1E06D);
}
