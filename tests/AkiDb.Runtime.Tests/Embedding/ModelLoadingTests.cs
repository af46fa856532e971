using AkiDb.Embedding;
using AkiDb.ObjectStorage;
using AkiDb.Runtime.Tests.ObjectStorage;
using AkiDb.TestKit;

namespace AkiDb.Runtime.Tests.Embedding;

/// <summary>Models that are missing, damaged or not the ones that were asked for.</summary>
public sealed class ModelLoadingTests(S3ServerFixture s3) : IClassFixture<S3ServerFixture>, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Load_OfTheDefaultModelByItsHash_Succeeds()
    {
        using ITextEmbedder first = await TextEmbedders.LoadAsync(new EmbeddingSettings { Threads = 1 });

        first.Model.Sha256.Should().Be(await ModelHash.OfAsync(Path.Combine(AppContext.BaseDirectory, "models", first.Model.Name)));
        using ITextEmbedder again = await TextEmbedders.LoadAsync(new EmbeddingSettings { Sha256 = first.Model.Sha256.ToUpperInvariant(), Threads = 1 });
        again.Model.Should().Be(first.Model);
    }

    [Fact]
    public async Task Load_OfAMissingModel_SaysWhatAndWhere()
    {
        await FailsAsync(new EmbeddingSettings { Model = "no-such-model" }, "There is no model 'no-such-model' in */models: it must have a folder*");
        await FailsAsync(Tiny(new string('0', 64)), $"There is no model 'tiny' in {_folder.At("").TrimEnd('/')}:*");
    }

    [Fact]
    public async Task Load_WithAnotherHash_IsRefusedWithBoth()
    {
        TinyBert.Write(_folder.At("tiny"));
        string actual = await ModelHash.OfAsync(_folder.At("tiny"));

        await FailsAsync(Tiny(new string('0', 64)), $"The model in */tiny has the SHA-256 {actual}, not 0000*000 as configured.*");
    }

    [Fact]
    public async Task Load_OfATruncatedGraph_NamesTheFile()
    {
        TinyBert.Write(_folder.At("tiny"));
        byte[] graph = await File.ReadAllBytesAsync(_folder.At("tiny/model.onnx"));
        await File.WriteAllBytesAsync(_folder.At("tiny/model.onnx"), graph[..(graph.Length / 2)]);

        await FailsAsync(Tiny(await ModelHash.OfAsync(_folder.At("tiny"))),
            $"model.onnx of the model in */tiny ({graph.Length / 2} bytes) cannot be used: it is no ONNX model that ONNX Runtime 1.29.0 loads.*");
    }

    [Fact]
    public async Task Load_WithoutAVocabulary_SaysWhichFilesThereAre()
    {
        TinyBert.Write(_folder.At("tiny"));
        File.Delete(_folder.At("tiny/vocab.txt"));

        await FailsAsync(Tiny(await ModelHash.OfAsync(_folder.At("tiny"))), "*must have one vocabulary, vocab.json (SentencePiece) or vocab.txt (BERT).");
    }

    [Theory]
    [InlineData("vocab.txt", "[UNK]\n[CLS]\n[SEP]\n", null)]
    [InlineData("vocab.txt", "a\nb\n", "vocab.txt of the model in * cannot be used: the vocabulary of 2 lines has no line '*UNK*'*")]
    [InlineData("sentence_bert_config.json", """{"max_seq_length": 2}""", "sentence_bert_config.json*max_seq_length is 2; it must be 3 to 512.")]
    [InlineData("tokenizer_config.json", "{", "tokenizer_config.json of the model in * (1 bytes) cannot be used:*")]
    [InlineData("tokenizer_config.json", "[]", "tokenizer_config.json*must be a JSON object.")]
    public async Task Load_WithABadFile_NamesIt(string file, string content, string? message)
    {
        TinyBert.Write(_folder.At("tiny"));
        await File.WriteAllTextAsync(_folder.At($"tiny/{file}"), content);
        EmbeddingSettings settings = Tiny(await ModelHash.OfAsync(_folder.At("tiny")));
        if (message is not null)
        {
            await FailsAsync(settings, message);
            return;
        }

        using ITextEmbedder embedder = await TextEmbedders.LoadAsync(settings);
        (await embedder.EmbedAsync(["x"]))[0].TokenCount.Should().Be(3);
    }

    [Fact]
    public async Task Load_OfAVocabularyLargerThanTheTable_SaysThatItDoesNotFit()
    {
        TinyBert.Write(_folder.At("tiny"));
        await File.WriteAllTextAsync(_folder.At("tiny/vocab.txt"), string.Join('\n', Enumerable.Repeat("x", 50).Append("[SEP]").Append("[CLS]").Append("[UNK]")));

        await FailsAsync(Tiny(await ModelHash.OfAsync(_folder.At("tiny"))), "model.onnx*loads but does not run, perhaps since the vocabulary is another model's.*");
    }

    [Fact]
    public async Task Load_OfAnotherKindOfGraph_SaysWhatBelongsThere()
    {
        TinyBert.Write(_folder.At("tiny"), output: "logits");

        await FailsAsync(Tiny(await ModelHash.OfAsync(_folder.At("tiny"))), "*gives logits, where input_ids, attention_mask*");
    }

    [Fact]
    public async Task Load_FromABucket_GivesWhatTheFolderGives()
    {
        TinyBert.Write(_folder.At("tiny"));
        using var store = new S3ObjectStore(s3.Settings("models"), TimeProvider.System);
        foreach (string file in new[] { "model.onnx", "vocab.txt" })
        {
            await using FileStream content = File.OpenRead(_folder.At($"tiny/{file}"));
            await store.PutAsync($"tiny/{file}", content, default);
        }

        string hash = await ModelHash.OfAsync(_folder.At("tiny"));
        using ITextEmbedder remote = await TextEmbedders.LoadAsync(new EmbeddingSettings { Model = "tiny", Sha256 = hash, Threads = 1 }, store, default);
        using ITextEmbedder local = await TextEmbedders.LoadAsync(Tiny(hash));

        remote.Model.Should().Be(local.Model);
        (await remote.EmbedAsync(["hello"]))[0].Vector.ToArray().Should().Equal((await local.EmbedAsync(["hello"]))[0].Vector.ToArray());
    }

    [Fact]
    public async Task Problems_TellsAllAtOnce()
    {
        var settings = new EmbeddingSettings { Model = "../x", ModelStore = "", Sha256 = "abc", Threads = 0, CachedTexts = -1 };

        settings.Problems().Should().HaveCount(5);
        (await settings.Awaiting(s => TextEmbedders.LoadAsync(s)).Should().ThrowAsync<ArgumentException>())
            .Which.Message.Split(Environment.NewLine).Should().HaveCountGreaterThanOrEqualTo(5);
        new EmbeddingSettings { ModelStore = "s3://b/models" }.Problems().Should().ContainSingle().Which.Should().StartWith("Sha256 is missing;");
        new EmbeddingSettings().Problems().Should().BeEmpty();
    }

    private EmbeddingSettings Tiny(string hash) => new() { Model = "tiny", ModelStore = _folder.At(""), Sha256 = hash, Threads = 1 };

    private static async Task FailsAsync(EmbeddingSettings settings, string message) =>
        await settings.Awaiting(s => TextEmbedders.LoadAsync(s)).Should().ThrowAsync<EmbeddingModelException>().WithMessage(message);
}
