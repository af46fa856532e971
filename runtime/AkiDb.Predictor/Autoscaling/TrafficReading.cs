using System.Runtime.InteropServices;

namespace AkiDb.Predictor.Autoscaling;

/// <summary>Traffic as it was measured.</summary>
/// <param name="QueriesPerSecond">Mean over a minute; NaN if that minute was not observed.</param>
/// <param name="Minute">Start of the minute, UTC.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct TrafficReading(double QueriesPerSecond, DateTimeOffset Minute);
