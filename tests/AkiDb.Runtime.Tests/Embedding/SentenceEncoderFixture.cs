using AkiDb.Embedding;

namespace AkiDb.Runtime.Tests.Embedding;

/// <summary>The default model, loaded once for the classes that only read it.</summary>
public sealed class SentenceEncoderFixture : IAsyncLifetime
{
    public ITextEmbedder Embedder { get; private set; } = null!;

    public async Task InitializeAsync() => Embedder = await TextEmbedders.LoadAsync(new EmbeddingSettings { Threads = 2 });

    public Task DisposeAsync()
    {
        Embedder.Dispose();
        return Task.CompletedTask;
    }
}
