namespace AkiDb.Runtime.Tests.Embedding;

/// <summary>Texts at the edges of what tokenizers treat specially.</summary>
internal static class OddTexts
{
    public static string[] All { get; } =
    [
        " ", "  two  spaces ", "\t tab\nnewline\r\n", "a", "A", "ALL CAPS", "…", "emoji 😀😃 end", "👩‍👩‍👧 family", "ﬁne ﬂuﬀ ①②③ ½ ™", "é e\u0301 ê\u0323",
        "한국어 조선말", "中文没有空格", "日本語のテキスト", "العربية", "Ελληνικά ΣΊΣΥΦΟΣ", "русский язык", "नमस्ते", "\u00A0nbsp\u00A0", "\u200Bzero\u200Dwidth",
        "http://example.com/a?b=c&d=%20", "user@example.com", "1,234.56 $ € £ ¥", "C++ & C# > Java?", "don't can't won't", "x\u0000y", "\uFFFD replacement",
        "supercalifragilisticexpialidocious", new('a', 300), string.Concat(Enumerable.Repeat("word ", 400)), "▁already▁marked", "<s> </s> extra_token_id_1",
        "\uD83D lone surrogate", "𝔘𝔫𝔦𝔠𝔬𝔡𝔢 𝟘𝟙𝟚", "ǆ Ǆ ǅ", "ﷺ", "Å Å Å", "naïve façade Zoë", "\u2028line\u2029paragraph", "[CLS] text [SEP] [MASK]",
    ];
}
