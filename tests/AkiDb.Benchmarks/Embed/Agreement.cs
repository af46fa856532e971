using System.Numerics;
using System.Runtime.InteropServices;
using AkiDb.Embedding;
using AkiDb.TestKit;

namespace AkiDb.Benchmarks.Embed;

/// <summary>What the eight-bit model's speed costs: how far its vectors and its answers differ from the float model's.</summary>
internal static class Agreement
{
    private const int Documents = 3_000;
    private const int Questions = 200;
    private const int Best = 10;

    public static async Task RunAsync(ITextEmbedder exact, ITextEmbedder small)
    {
        string[] glosses = WordNet.Glosses(Documents + Questions);
        // Questions are from between the documents, not among them.
        IReadOnlyList<TextEmbedding> exactVectors = await exact.EmbedAsync(glosses);
        IReadOnlyList<TextEmbedding> smallVectors = await small.EmbedAsync(glosses);
        double[] cosines = [.. glosses.Select((_, i) => Dot(exactVectors[i], smallVectors[i])).Order()];
        int[] questions = [.. Enumerable.Range(0, Questions).Select(i => i * (Documents + Questions) / Questions)];
        int[] documents = [.. Enumerable.Range(0, glosses.Length).Except(questions)];
        double shared = questions.Average(question => Nearest(exactVectors, documents, question).Intersect(Nearest(smallVectors, documents, question)).Count());
        Console.WriteLine($"int8 against float32 on {glosses.Length:N0} glosses: cosine {cosines.Average():F4} on average, {cosines[0]:F4} at least; " +
            $"of the nearest {Best} of {Documents:N0}, {shared:F1} are the same");
    }

    private static IEnumerable<int> Nearest(IReadOnlyList<TextEmbedding> vectors, int[] documents, int question) =>
        documents.OrderByDescending(document => Dot(vectors[question], vectors[document])).Take(Best);

    private static float Dot(TextEmbedding a, TextEmbedding b)
    {
        ReadOnlySpan<Vector<float>> first = MemoryMarshal.Cast<float, Vector<float>>(a.Vector.Span);
        ReadOnlySpan<Vector<float>> second = MemoryMarshal.Cast<float, Vector<float>>(b.Vector.Span);
        Vector<float> sum = Vector<float>.Zero;
        for (int i = 0; i < first.Length; i++)
        {
            sum += first[i] * second[i];
        }

        return Vector.Sum(sum);
    }
}
