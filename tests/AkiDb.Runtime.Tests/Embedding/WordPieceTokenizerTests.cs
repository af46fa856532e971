using System.Text;
using AkiDb.Embedding.Tokens;
using AkiDb.TestKit;

namespace AkiDb.Runtime.Tests.Embedding;

/// <summary>With the vocabulary of bert-base-uncased, which all-MiniLM-L6-v2 uses, against Hugging Face's implementation.</summary>
public sealed class WordPieceTokenizerTests : IAsyncLifetime
{
    private static string[]? _vocabulary;

    public async Task InitializeAsync() => _vocabulary ??= await ReferencePrograms.RunAsync<string[]>("bertVocabulary", []);

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public void Vocabulary_IsTheKnownOne()
    {
        _vocabulary.Should().HaveCount(30_522);
        (_vocabulary![101], _vocabulary[102], _vocabulary[7592], _vocabulary[2088]).Should().Be(("[CLS]", "[SEP]", "hello", "world"));
    }

    // As Hugging Face's documentation prints them.
    [Theory]
    [InlineData("Hello, my dog is cute", new[] { 101, 7592, 1010, 2026, 3899, 2003, 10140, 102 })]
    [InlineData("hello world", new[] { 101, 7592, 2088, 102 })]
    public void Tokenize_OfADocumentedText_GivesTheDocumentedIds(string text, int[] ids) => Tokenizer(256).Tokenize(text).Ids.Should().Equal(ids);

    [Fact]
    public async Task Tokenize_OfGlossesAndOddities_GivesTheReferencesIds()
    {
        // The reference lower-cases a final sigma by its place in the word; Hugging Face's Rust, as we do, letter by letter.
        string[] lines = [.. WordNet.Glosses(3_000), .. OddTexts.All.Where(text => !text.Contains('Σ') && !text.Contains("lone"))];
        int[][] expected = await ReferencePrograms.RunAsync<int[][]>("wordpiece", lines);

        WordPieceTokenizer tokenizer = Tokenizer(100_000);
        for (int i = 0; i < lines.Length; i++)
        {
            tokenizer.Tokenize(lines[i]).Ids.Should().Equal(expected[i], "that is what the reference makes of '{0}'", lines[i]);
        }
    }

    [Fact]
    public void Tokenize_OfTooManyTokens_KeepsTheSpecialOnes()
    {
        TokenList cut = Tokenizer(4).Tokenize("hello world hello");
        TokenList whole = Tokenizer(5).Tokenize("hello world hello");

        cut.Ids.Should().Equal(101, 7592, 2088, 102);
        cut.IsTruncated.Should().BeTrue();
        whole.Ids.Should().Equal(101, 7592, 2088, 7592, 102);
        whole.IsTruncated.Should().BeFalse();
    }

    [Fact]
    public void Tokenize_ForACasedModel_KeepsCaseAndAccents()
    {
        byte[] vocabulary = Encoding.UTF8.GetBytes("[UNK]\n[CLS]\n[SEP]\nZoë\nzoe\n");

        WordPieceTokenizer.Parse(vocabulary, isLowerCase: false, 10).Tokenize("Zoë").Ids.Should().Equal(1, 3, 2);
        WordPieceTokenizer.Parse(vocabulary, isLowerCase: true, 10).Tokenize("Zoë").Ids.Should().Equal(1, 4, 2);
    }

    [Fact]
    public void Parse_WithoutSpecialTokens_NamesTheMissingOne()
    {
        FluentActions.Invoking(() => WordPieceTokenizer.Parse("[UNK]\r\n[CLS]\r\nword\r\n"u8, true, 10)).Should().Throw<InvalidDataException>()
            .Which.Message.Should().Be("the vocabulary of 3 lines has no line '[SEP]'");
    }

    private static WordPieceTokenizer Tokenizer(int maximumTokens) =>
        WordPieceTokenizer.Parse(Encoding.UTF8.GetBytes(string.Join('\n', _vocabulary!)), isLowerCase: true, maximumTokens);
}
