namespace AkiDb.Router.Measurement;

/// <summary>Monotonic time in milliseconds; everything in the router that waits or measures reads this one clock.</summary>
public sealed class RouterClock(TimeProvider time)
{
    private readonly double _msPerTick = 1000.0 / time.TimestampFrequency;

    public TimeProvider Time => time;

    /// <summary>Milliseconds since an arbitrary start, with the timer's full resolution.</summary>
    public double Now => time.GetTimestamp() * _msPerTick;
}
