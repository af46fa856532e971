namespace AkiDb.TestKit;

/// <summary>A clock that stands still until a test moves it. Its timers never fire: for code that reads time, not for code that waits.</summary>
public sealed class ManualTime(DateTimeOffset start) : TimeProvider
{
    private TimeSpan _elapsed;
    private TimeSpan _offset;

    public ManualTime()
        : this(new DateTimeOffset(2026, 1, 5, 9, 0, 0, TimeSpan.Zero))
    {
    }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => _elapsed.Ticks;

    public override DateTimeOffset GetUtcNow() => start + _elapsed + _offset;

    /// <summary>Moves time forward.</summary>
    public void Advance(TimeSpan by) => _elapsed += by;

    /// <summary>Sets the wall clock forward or back, as a correction of the system's clock does; elapsed time does not change.</summary>
    public void JumpWallClock(TimeSpan by) => _offset += by;
}
