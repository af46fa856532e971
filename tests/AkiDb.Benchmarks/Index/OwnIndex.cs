using System.Diagnostics;
using AkiDb.VectorIndex;

namespace AkiDb.Benchmarks.Index;

/// <summary>Our index on a data set.</summary>
internal sealed class OwnIndex : IContestant
{
    private readonly DataSet _data;
    private readonly NearestNeighborIndex _index;
    private readonly Neighbor[] _found;

    public OwnIndex(string name, DataSet data, IndexOptions options, int buildThreads)
    {
        Name = name;
        _data = data;
        _found = new Neighbor[data.QueryCount * DataSet.K];
        var keys = data.Keys();
        _index = new NearestNeighborIndex(options);
        var clock = Stopwatch.StartNew();
        var cpu = ProcessClock.CpuSeconds();
        _index.UpsertMany(keys, data.Vectors, buildThreads);
        BuildSeconds = clock.Elapsed.TotalSeconds;
        BuildCpuSeconds = ProcessClock.CpuSeconds() - cpu;
        BytesPerVector = _index.GetStatistics().TotalBytes / (double)data.Count;
    }

    public string Name { get; }

    public double BuildSeconds { get; }

    public double BuildCpuSeconds { get; }

    public double BytesPerVector { get; }

    public NearestNeighborIndex Index => _index;

    public Pass Run(int width, int threads)
    {
        var clock = Stopwatch.StartNew();
        var cpu = ProcessClock.CpuSeconds();
        if (threads == 1)
        {
            for (var q = 0; q < _data.QueryCount; q++)
            {
                Search(q, width);
            }
        }
        else
        {
            RunOn(threads, width);
        }

        var seconds = clock.Elapsed.TotalSeconds;
        cpu = ProcessClock.CpuSeconds() - cpu;
        return new Pass(seconds, cpu, Recall());
    }

    public void Dispose() => _index.Dispose();

    private void RunOn(int threads, int width)
    {
        var next = -1;
        var workers = Enumerable.Range(0, threads).Select(_ => new Thread(() =>
        {
            for (var q = Interlocked.Increment(ref next); q < _data.QueryCount; q = Interlocked.Increment(ref next))
            {
                Search(q, width);
            }
        })).ToList();
        workers.ForEach(worker => worker.Start());
        workers.ForEach(worker => worker.Join());
    }

    private void Search(int q, int width) => _index.Search(
        _data.Query(q), _found.AsSpan(q * DataSet.K, DataSet.K), new SearchSettings { Width = width });

    private double Recall()
    {
        var hits = 0;
        for (var q = 0; q < _data.QueryCount; q++)
        {
            var truth = _data.Truth.AsSpan(q * DataSet.K, DataSet.K);
            foreach (var neighbor in _found.AsSpan(q * DataSet.K, DataSet.K))
            {
                hits += truth.Contains((int)neighbor.Key) ? 1 : 0;
            }
        }

        return hits / (double)_found.Length;
    }
}
