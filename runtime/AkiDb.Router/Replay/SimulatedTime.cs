namespace AkiDb.Router.Replay;

/// <summary>A clock that the replay moves from event to event.</summary>
internal sealed class SimulatedTime : TimeProvider
{
    private const long TicksPerMs = TimeSpan.TicksPerMillisecond;
    private long _ticks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => _ticks;

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch.AddTicks(_ticks);

    public void MoveTo(double ms) => _ticks = (long)(ms * TicksPerMs);
}
