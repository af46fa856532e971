using AkiDb.Embedding;
using AkiDb.TestKit;

namespace AkiDb.Runtime.Tests.Embedding;

/// <summary>The default model against its own TensorFlow.js implementation, and its eight-bit form against it.</summary>
public sealed class SentenceEncoderTests(SentenceEncoderFixture fixture) : IClassFixture<SentenceEncoderFixture>
{
    [Fact]
    public async Task Embed_OfAThousandGlosses_GivesTheReferencesVectors()
    {
        string[] lines = [.. WordNet.Glosses(1_000, longest: 50), .. OddTexts.All.Where(text => text.Length is > 0 and < 100 && !text.Contains('\uD83D' + " "))];
        float[][] expected = await ReferencePrograms.RunAsync<float[][]>("embed", lines);

        IReadOnlyList<TextEmbedding> actual = await fixture.Embedder.EmbedAsync(lines);

        actual.Should().HaveCountGreaterThan(1_000);
        Enumerable.Range(0, lines.Length).Max(i => Vectors.LargestDifference(actual[i].Vector, expected[i])).Should().BeLessThan(5e-6);
        Enumerable.Range(0, lines.Length).Min(i => Vectors.Cosine(actual[i].Vector, expected[i])).Should().BeGreaterThan(0.999999);
    }

    [Fact]
    public void Model_IsTheOneThatIndexesWereMadeWith()
    {
        // Another hash is another vector space: every stored vector would have to be made again.
        fixture.Embedder.Model.Should().Be(new EmbeddingModel("universal-sentence-encoder-lite", "5444aedd667f5bbef6d45bbb6e67593efe65be6541067d8707b4a46d86afbbeb", 512, 128));
    }

    [Fact]
    public async Task SmallModel_IsAlmostTheSame()
    {
        using ITextEmbedder small = await TextEmbedders.LoadAsync(new EmbeddingSettings { Model = EmbeddingSettings.SmallDefaultModel });
        string[] lines = WordNet.Glosses(500);

        IReadOnlyList<TextEmbedding> rough = await small.EmbedAsync(lines);
        IReadOnlyList<TextEmbedding> exact = await fixture.Embedder.EmbedAsync(lines);

        small.Model.Should().Be(new EmbeddingModel("universal-sentence-encoder-lite-int8", "df13c4dc3d1323d5681ac4a2db2c41facf39d2b27ad47ca23559fbe74195074a", 512, 128));
        double[] cosines = [.. Enumerable.Range(0, lines.Length).Select(i => Vectors.Cosine(rough[i].Vector, exact[i].Vector))];
        cosines.Min().Should().BeGreaterThan(0.99);
        cosines.Average().Should().BeGreaterThan(0.999);
    }

    [Fact]
    public async Task Embed_OfEmptyText_GivesAUnitVector()
    {
        TextEmbedding embedding = (await fixture.Embedder.EmbedAsync([""]))[0];

        embedding.TokenCount.Should().Be(0);
        embedding.Vector.ToArray().Sum(value => (double)value * value).Should().BeApproximately(1, 1e-5);
    }

    [Fact]
    public async Task Embed_OfLongText_ReadsItsBeginningAndSaysSo()
    {
        string text = string.Join(' ', Enumerable.Repeat("the quick brown fox jumps over the lazy dog", 40));

        IReadOnlyList<TextEmbedding> embedded = await fixture.Embedder.EmbedAsync([text, text + " and more"]);

        embedded.Should().OnlyContain(embedding => embedding.Truncated && embedding.TokenCount == 128);
        embedded[1].Vector.ToArray().Should().Equal(embedded[0].Vector.ToArray());
    }

    [Fact]
    public async Task Embed_InBatches_GivesWhatEachTextGivesAlone()
    {
        string[] lines = [.. WordNet.Glosses(200), .. OddTexts.All, ""];
        IReadOnlyList<TextEmbedding> together = await fixture.Embedder.EmbedAsync(lines);

        for (int i = 0; i < lines.Length; i++)
        {
            TextEmbedding alone = (await fixture.Embedder.EmbedAsync([lines[i]]))[0];
            Vectors.LargestDifference(alone.Vector, together[i].Vector).Should().BeLessThan(1e-6, "'{0}' is in both", lines[i]);
            (alone.TokenCount, alone.Truncated).Should().Be((together[i].TokenCount, together[i].Truncated));
        }
    }
}
