namespace AkiDb.Local.Scoreboard;

/// <summary>One minute of the forecast.</summary>
/// <param name="SimulatedSeconds">Start of the minute on the day's clock, seconds since 1970 UTC.</param>
/// <param name="RequestsPerSecond">What is expected.</param>
/// <param name="Low">Lower end of the band.</param>
/// <param name="High">Upper end of the band.</param>
internal sealed record ForecastPoint(double SimulatedSeconds, double RequestsPerSecond, double Low, double High);
