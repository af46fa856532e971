namespace AkiDb.Benchmarks.Policies;

/// <summary><c>akidb bench policies</c>: the rules over large plans, offline and through the engine's protocol.</summary>
internal static class PoliciesBench
{
    private const int OfflineResources = 10_000;
    private const int EngineResources = 2_000;
    private const int Rounds = 7;

    /// <summary>Measures both and prints them beside their bars.</summary>
    public static async Task<int> RunAsync(CancellationToken cancel)
    {
        Console.WriteLine($"{Environment.ProcessorCount} processors; the first round is cold, the median is of the {Rounds - 1} after it");
        var offline = OfflineCheck.Measure(OfflineResources, Rounds);
        Print($"offline, {OfflineResources} resources", offline, TimeSpan.FromSeconds(2));
        var engine = await EngineCheck.MeasureAsync(EngineResources, Rounds, cancel);
        Print($"AnalyzeStack over gRPC, {EngineResources} resources", engine, TimeSpan.FromSeconds(1));
        return 0;
    }

    private static void Print(string what, IReadOnlyList<TimeSpan> times, TimeSpan bar)
    {
        var warm = times.Skip(1).Order().ToList();
        Console.WriteLine(FormattableString.Invariant(
            $"{what,-44} cold {times[0].TotalMilliseconds,6:0} ms, median {warm[warm.Count / 2].TotalMilliseconds,6:0} ms, slowest {warm[^1].TotalMilliseconds,6:0} ms; bar {bar.TotalMilliseconds:0} ms"));
    }
}
