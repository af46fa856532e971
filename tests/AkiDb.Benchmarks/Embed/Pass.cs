namespace AkiDb.Benchmarks.Embed;

/// <summary>What one text took, on average of a run.</summary>
/// <param name="Seconds">By the clock on the wall.</param>
/// <param name="CpuSeconds">Of processors, all threads; what a loaded machine distorts least.</param>
internal readonly record struct Pass(double Seconds, double CpuSeconds);
