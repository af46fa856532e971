using AkiDb.Embedding;
using AkiDb.TestKit;

namespace AkiDb.Runtime.Tests.Embedding;

/// <summary>Models in the file format of all-MiniLM-L6-v2, with <see cref="TinyBert"/> in its place.</summary>
public sealed class BertModelTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Embed_TakesTheMeanOverTheTokensAndScalesIt()
    {
        TinyBert.Write(_folder.At("tiny"));
        using ITextEmbedder embedder = await LoadAsync();

        IReadOnlyList<TextEmbedding> embedded = await embedder.EmbedAsync(["Hello worldly", "other"]);

        embedder.Model.Should().Match<EmbeddingModel>(model => model.Name == "tiny" && model.Dimension == 4 && model.MaximumTokens == 256);
        embedded[0].TokenCount.Should().Be(5);
        embedded[0].Vector.ToArray().Should().BeEquivalentTo(Expected(2, 4, 5, 6, 3), Near);
        embedded[1].Vector.ToArray().Should().BeEquivalentTo(Expected(2, 7, 3), Near);
    }

    [Fact]
    public async Task Embed_OfAGraphThatPoolsItself_OnlyScales()
    {
        TinyBert.Write(_folder.At("tiny"), output: "sentence_embedding");
        using ITextEmbedder embedder = await LoadAsync();

        (await embedder.EmbedAsync(["hello", "hello world"]))[1].Vector.ToArray().Should().BeEquivalentTo(Expected(2, 4, 5, 3), Near);
    }

    [Fact]
    public async Task Embed_OfAQuantizedGraph_DoesNotDependOnTheBatch()
    {
        TinyBert.Write(_folder.At("tiny"), isQuantized: true);
        using ITextEmbedder embedder = await LoadAsync();

        float[] alone = (await embedder.EmbedAsync(["hello"]))[0].Vector.ToArray();

        (await embedder.EmbedAsync(["hello", "world", "other"]))[0].Vector.ToArray().Should().Equal(alone);
    }

    [Fact]
    public async Task Load_ReadsLimitAndCaseFromTheModelsSettings()
    {
        TinyBert.Write(_folder.At("tiny"));
        File.WriteAllText(_folder.At("tiny/sentence_bert_config.json"), """{"max_seq_length": 4, "do_lower_case": false}""");
        File.WriteAllText(_folder.At("tiny/tokenizer_config.json"), """{"do_lower_case": false}""");
        using ITextEmbedder embedder = await LoadAsync();

        IReadOnlyList<TextEmbedding> embedded = await embedder.EmbedAsync(["hello world other", "Hello"]);

        embedder.Model.MaximumTokens.Should().Be(4);
        (embedded[0].TokenCount, embedded[0].Truncated).Should().Be((4, true));
        embedded[0].Vector.ToArray().Should().BeEquivalentTo(Expected(2, 4, 5, 3), Near);
        embedded[1].Vector.ToArray().Should().BeEquivalentTo(Expected(2, 1, 3), Near);
    }

    private static FluentAssertions.Equivalency.EquivalencyAssertionOptions<float> Near(FluentAssertions.Equivalency.EquivalencyAssertionOptions<float> options) =>
        options.WithStrictOrdering().Using<float>(context => context.Subject.Should().BeApproximately(context.Expectation, 1e-6f)).WhenTypeIs<float>();

    /// <summary>TinyBert adds the text's sum to each token's vector; the mean of that is the sum times (1 + 1/n), so the direction is the sum's.</summary>
    private static float[] Expected(params int[] ids)
    {
        double[] sum = [.. Enumerable.Range(0, TinyBert.Dimension).Select(i => ids.Sum(id => (double)TinyBert.Table[(id * TinyBert.Dimension) + i]))];
        double length = Math.Sqrt(sum.Sum(value => value * value));
        return [.. sum.Select(value => (float)(value / length))];
    }

    private async Task<ITextEmbedder> LoadAsync() =>
        await TextEmbedders.LoadAsync(new EmbeddingSettings { Model = "tiny", ModelStore = _folder.At(""), Sha256 = await ModelHash.OfAsync(_folder.At("tiny")), Threads = 1 });
}
