using AkiDb.VectorIndex;

namespace AkiDb.Benchmarks.Index;

/// <summary>`bench index`: the vector index beside hnswlib and faiss, on the same data, in one run.</summary>
internal static class IndexBenchmark
{
    private const int Links = 16;
    private const int Construction = 200;

    public static int Run(string[] args)
    {
        var data = SyntheticData.Clustered("clustered", 100_000, 128, 100, 40, 2000, 1).WithTruth();
        Console.WriteLine($"intrinsic dimension {SyntheticData.IntrinsicDimension(data):f1}");
        using var files = new PeerFiles();
        files.Write(data);
        var all = new List<IContestant>();
        var options = new IndexOptions { Dimension = data.Dimension, Metric = data.Metric, LinksPerNode = Links, ConstructionWidth = Construction };
        all.Add(new OwnIndex("float32", data, options, 1));
        Console.WriteLine(all[^1].BuildSeconds);
        all.Add(new OwnIndex("int8", data, options with { Quantization = VectorQuantization.Scalar8 }, 1));
        Console.WriteLine(all[^1].BuildSeconds);
        if (args.Contains("--peer"))
        {
            all.Add(files.Hnswlib(data, Links, Construction, 1)!);
            Console.WriteLine(all[^1].BuildSeconds);
        }

        foreach (var recall in new[] { 0.95, 0.99 })
        {
            foreach (var line in Duel.Fight(all, recall, 1, 9))
            {
                Console.WriteLine($"{line.Contestant.Name} ef {line.Width} recall {line.Recall:f4} qps {data.QueryCount / line.Median:f0} best {data.QueryCount / line.Range.Fastest:f0}");
            }
        }

        return 0;
    }
}
