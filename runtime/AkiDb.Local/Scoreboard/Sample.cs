namespace AkiDb.Local.Scoreboard;

/// <summary>The system at one second of the run; also a line of what <c>--record</c> keeps.</summary>
/// <param name="SimulatedSeconds">The day's clock, seconds since 1970 UTC.</param>
/// <param name="RequestsPerSecond">Answered or failed requests a second, over the last ten seconds.</param>
/// <param name="P50Ms">Over the last ten seconds; null without an answer.</param>
/// <param name="P95Ms">Likewise.</param>
/// <param name="P99Ms">Likewise.</param>
/// <param name="Ready">Readers that answer.</param>
/// <param name="Wanted">Readers that the autoscaler wants.</param>
/// <param name="CapacityPerSecond">What the ready readers are planned to serve.</param>
/// <param name="Failed">Failed requests since the start.</param>
internal sealed record Sample(
    double SimulatedSeconds, double RequestsPerSecond, double? P50Ms, double? P95Ms, double? P99Ms, int Ready, int Wanted, double CapacityPerSecond, long Failed);
