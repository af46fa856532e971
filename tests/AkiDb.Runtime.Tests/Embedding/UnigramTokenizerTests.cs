using AkiDb.Embedding.Tokens;
using AkiDb.TestKit;

namespace AkiDb.Runtime.Tests.Embedding;

/// <summary>Against the model's own JavaScript.</summary>
public sealed class UnigramTokenizerTests
{
    private static readonly Lazy<byte[]> Vocabulary = new(() => File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "models/universal-sentence-encoder-lite/vocab.json")));

    [Fact]
    public async Task Tokenize_OfGlossesAndOddities_GivesTheReferencesIds()
    {
        // U+FFFD stands for a lone surrogate, which JSON's UTF-8 cannot carry to the reference.
        string[] lines = [.. WordNet.Glosses(5_000), .. OddTexts.All.Select(text => text.Replace('\uD83D' + " ", "\uFFFD ", StringComparison.Ordinal))];
        int[][] expected = await ReferencePrograms.RunAsync<int[][]>("unigram", lines);
        UnigramTokenizer tokenizer = UnigramTokenizer.Parse(Vocabulary.Value, int.MaxValue);

        for (int i = 0; i < lines.Length; i++)
        {
            tokenizer.Tokenize(lines[i]).Ids.Should().Equal(expected[i], "that is what the reference makes of '{0}'", lines[i]);
        }
    }

    [Fact]
    public void Tokenize_OfEmptyText_GivesNothing()
    {
        UnigramTokenizer.Parse(Vocabulary.Value, 128).Tokenize("").Should().BeEquivalentTo(new TokenList([], false));
    }

    [Theory]
    [InlineData(3, false)]
    [InlineData(2, true)]
    public void Tokenize_TellsWhetherItCut(int limit, bool isTruncated)
    {
        TokenList whole = UnigramTokenizer.Parse(Vocabulary.Value, int.MaxValue).Tokenize("one two three");
        whole.Ids.Should().HaveCount(3);

        TokenList cut = UnigramTokenizer.Parse(Vocabulary.Value, limit).Tokenize("one two three");

        cut.IsTruncated.Should().Be(isTruncated);
        cut.Ids.Should().Equal(whole.Ids[..limit]);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[[1, 2]]")]
    [InlineData("[[\"a\", 0]]")]
    [InlineData("not json")]
    public void Parse_OfSomethingElse_SaysSo(string json)
    {
        FluentActions.Invoking(() => UnigramTokenizer.Parse(System.Text.Encoding.UTF8.GetBytes(json), 128)).Should().Throw<InvalidDataException>()
            .WithMessage("the vocabulary*");
    }
}
