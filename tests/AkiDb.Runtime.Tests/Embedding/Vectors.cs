namespace AkiDb.Runtime.Tests.Embedding;

internal static class Vectors
{
    public static double Cosine(ReadOnlyMemory<float> a, ReadOnlyMemory<float> b)
    {
        double dot = 0, aa = 0, bb = 0;
        for (int i = 0; i < a.Length; i++)
        {
            dot += (double)a.Span[i] * b.Span[i];
            aa += (double)a.Span[i] * a.Span[i];
            bb += (double)b.Span[i] * b.Span[i];
        }

        return dot / Math.Sqrt(aa * bb);
    }

    public static double LargestDifference(ReadOnlyMemory<float> a, ReadOnlyMemory<float> b)
    {
        double largest = 0;
        for (int i = 0; i < a.Length; i++)
        {
            largest = Math.Max(largest, Math.Abs((double)a.Span[i] - b.Span[i]));
        }

        return largest;
    }
}
