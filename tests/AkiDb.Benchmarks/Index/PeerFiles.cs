using System.Diagnostics;
using System.Runtime.InteropServices;
using AkiDb.VectorIndex;

namespace AkiDb.Benchmarks.Index;

/// <summary>Hands a data set to the peers' harnesses in files, and builds and starts them.</summary>
internal sealed class PeerFiles : IDisposable
{
    private static readonly string Sources = Path.Combine(AppContext.BaseDirectory, "Index", "Peers");
    private readonly string _folder = Directory.CreateTempSubdirectory("akidb-bench-").FullName;

    /// <summary>Compiles the hnswlib harness as fast as g++ makes it; null, with the reason printed, when it cannot.</summary>
    public static string? CompileHnswlib(string folder)
    {
        if (!Directory.Exists("/usr/include/hnswlib"))
        {
            Console.WriteLine("hnswlib is not installed (apt-get install libhnswlib-dev g++): left out.");
            return null;
        }

        var program = Path.Combine(folder, "hnswlib_harness");
        string[] fastest = ["-O3", "-march=native", "-std=c++14", "-pthread"];
        var compile = Process.Start("g++", [.. fastest, "-o", program, Path.Combine(Sources, "hnswlib_harness.cpp")]);
        compile.WaitForExit();
        return compile.ExitCode == 0 ? program : throw new InvalidOperationException("g++ failed; its message is above.");
    }

    /// <summary>Starts hnswlib on the data and waits until it has built its index; null when it is not installed.</summary>
    public IContestant? Hnswlib(DataSet data, int links, int construction, int buildThreads) =>
        CompileHnswlib(_folder) is { } program
            ? new PeerProcess("hnswlib", Start(program, [], data, links, construction, buildThreads), data.Count)
            : null;

    /// <summary>Starts faiss; null when it is not installed.</summary>
    public IContestant? Faiss(DataSet data, int links, int construction, int buildThreads)
    {
        if (!Directory.Exists("/usr/lib/python3/dist-packages/faiss"))
        {
            Console.WriteLine("faiss is not installed (apt-get install python3-faiss): left out.");
            return null;
        }

        string[] script = [Path.Combine(Sources, "faiss_harness.py")];
        return new PeerProcess("faiss", Start("/usr/bin/python3", script, data, links, construction, buildThreads), data.Count);
    }

    /// <summary>Writes the data set's files.</summary>
    public void Write(DataSet data)
    {
        File.WriteAllBytes(At("data"), MemoryMarshal.AsBytes<float>(data.Vectors));
        File.WriteAllBytes(At("queries"), MemoryMarshal.AsBytes<float>(data.Queries));
        File.WriteAllBytes(At("truth"), MemoryMarshal.AsBytes<int>(data.Truth));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private ProcessStartInfo Start(string program, string[] first, DataSet data, int links, int construction, int buildThreads)
    {
        string[] arguments =
        [
            At("data"), At("queries"), At("truth"), $"{data.Dimension}", $"{DataSet.K}",
            // The cosine sets are of unit length: the inner product ranks alike and is the peers' faster space.
            data.Metric == DistanceMetric.L2 ? "l2" : "ip", $"{links}", $"{construction}", $"{buildThreads}",
        ];
        return new ProcessStartInfo(program, [.. first, .. arguments]);
    }

    private string At(string name) => Path.Combine(_folder, name);
}
