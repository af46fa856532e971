namespace AkiDb.Local.Scoreboard;

/// <summary>Something that happened, in a person's words.</summary>
/// <param name="SimulatedSeconds">The day's clock, seconds since 1970 UTC.</param>
/// <param name="Text">What.</param>
internal sealed record RunEvent(double SimulatedSeconds, string Text);
