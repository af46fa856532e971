using System.Collections.Concurrent;
using System.Diagnostics;
using AkiDb.Embedding;
using AkiDb.TestKit;

namespace AkiDb.Runtime.Tests.Embedding;

/// <summary>The real model under many callers.</summary>
public sealed class ConcurrencyTests(SentenceEncoderFixture fixture) : IClassFixture<SentenceEncoderFixture>
{
    [Fact]
    public async Task Embed_ByManyCallersAtOnce_GivesEachItsOwn()
    {
        string[] texts = WordNet.Glosses(60, longest: 60);
        IReadOnlyList<TextEmbedding> expected = await fixture.Embedder.EmbedAsync(texts);

        await Parallel.ForEachAsync(Enumerable.Range(0, 300), new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (i, cancellation) =>
        {
            int at = i % (texts.Length - 2);
            using var own = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            ValueTask<IReadOnlyList<TextEmbedding>> request = fixture.Embedder.EmbedAsync(texts[at..(at + 1 + (i % 3))], own.Token);
            if (i % 10 == 0)
            {
                // Some callers leave; the others must not notice.
                await own.CancelAsync();
            }

            IReadOnlyList<TextEmbedding> embedded;
            try
            {
                embedded = await request;
            }
            catch (OperationCanceledException) when (i % 10 == 0)
            {
                return;
            }

            embedded.Should().HaveCount(1 + (i % 3));
            for (int j = 0; j < embedded.Count; j++)
            {
                Vectors.LargestDifference(embedded[j].Vector, expected[at + j].Vector).Should().BeLessThan(1e-6);
            }
        });
    }

    [Fact]
    public async Task Embed_MakesSpansOfTokenisingAndInferring()
    {
        var spans = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == TextEmbedders.ActivitySourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = spans.Enqueue,
        };
        using var request = new Activity("request").Start();
        ActivitySource.AddActivityListener(listener);

        await fixture.Embedder.EmbedAsync(["one text", "another text"]);

        Activity[] own = [.. spans.Where(span => span.ParentSpanId == request.SpanId)];
        own.Select(span => span.OperationName).Should().Equal("tokenise", "infer");
        own[0].GetTagItem("akidb.texts").Should().Be(2);
        own[0].GetTagItem("akidb.tokens").Should().Be(4);
    }
}
