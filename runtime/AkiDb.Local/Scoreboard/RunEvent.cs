namespace AkiDb.Local.Scoreboard;

/// <summary>Something that happened, in a person's words.</summary>
/// <param name="At">The wall's clock.</param>
/// <param name="SimulatedSeconds">The day's clock, seconds since 1970 UTC; null before the day begins.</param>
/// <param name="Text">What.</param>
internal sealed record RunEvent(DateTimeOffset At, double? SimulatedSeconds, string Text);
