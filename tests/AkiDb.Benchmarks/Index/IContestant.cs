using System.Runtime.InteropServices;

namespace AkiDb.Benchmarks.Index;

/// <summary>An index that was built and can run all queries of its data set.</summary>
internal interface IContestant : IDisposable
{
    string Name { get; }

    /// <summary>Wall-clock seconds of the build.</summary>
    double BuildSeconds { get; }

    /// <summary>CPU seconds of the build, all threads together.</summary>
    double BuildCpuSeconds { get; }

    double BytesPerVector { get; }

    /// <summary>Runs every query once with ef = <paramref name="width"/>.</summary>
    Pass Run(int width, int threads);
}

/// <summary>
/// One run over all queries: wall-clock seconds, CPU seconds of all threads together, and the share of true neighbours
/// found. CPU seconds stay comparable when other programs share the cores.
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Pass(double Seconds, double CpuSeconds, double Recall);
