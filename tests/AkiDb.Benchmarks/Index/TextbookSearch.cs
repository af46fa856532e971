using AkiDb.VectorIndex.Memory;

namespace AkiDb.Benchmarks.Index;

/// <summary>
/// The base-level search as the HNSW paper prints it, with the library's own collections: two heaps and a hash set. The
/// naive baseline of the ablation, on the same graph as the clever search.
/// </summary>
internal static unsafe class TextbookSearch
{
    public delegate float Measure(float* a, float* b, int length);

    /// <summary>The k nearest slots, in no order.</summary>
    public static List<int> Nearest(Generation generation, int entry, float* query, int width, int k, Measure measure)
    {
        var length = generation.Shape.PaddedDimension;
        var visited = new HashSet<int> { entry };
        var candidates = new PriorityQueue<int, float>();
        var nearest = new PriorityQueue<int, float>();
        var first = measure(query, generation.VectorOf(entry), length);
        candidates.Enqueue(entry, first);
        nearest.Enqueue(entry, -first);
        while (candidates.TryDequeue(out var slot, out var distance))
        {
            nearest.TryPeek(out _, out var worst);
            if (distance > -worst && nearest.Count == width)
            {
                break;
            }

            var links = generation.LinksOf(slot, 0);
            for (var i = 0; i < generation.Shape.BaseLinks && links[i] >= 0; i++)
            {
                if (!visited.Add(links[i]))
                {
                    continue;
                }

                var far = measure(query, generation.VectorOf(links[i]), length);
                nearest.TryPeek(out _, out worst);
                if (nearest.Count < width || far < -worst)
                {
                    candidates.Enqueue(links[i], far);
                    nearest.Enqueue(links[i], -far);
                    if (nearest.Count > width)
                    {
                        nearest.Dequeue();
                    }
                }
            }
        }

        while (nearest.Count > k)
        {
            nearest.Dequeue();
        }

        return [.. nearest.UnorderedItems.Select(item => item.Element)];
    }

    public static float ScalarL2(float* a, float* b, int length)
    {
        var sum = 0f;
        for (var i = 0; i < length; i++)
        {
            sum += (a[i] - b[i]) * (a[i] - b[i]);
        }

        return sum;
    }
}
