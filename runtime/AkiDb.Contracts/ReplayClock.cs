using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace AkiDb.Contracts;

/// <summary>
/// The clock of a day that is replayed faster than it was: timers and delays shrink with it. Processes that are given the same text
/// show the same time.
/// </summary>
public sealed class ReplayClock : TimeProvider, IParsable<ReplayClock>
{
    private readonly long _origin = System.GetTimestamp();
    private readonly DateTimeOffset _started = System.GetUtcNow();

    /// <summary>A day that began, or will begin, at a moment of the wall's clock.</summary>
    /// <param name="wallStart">The wall's clock when the day's shows <paramref name="dayStart"/>, UTC.</param>
    /// <param name="dayStart">See <paramref name="wallStart"/>.</param>
    /// <param name="speed">How many times as fast as the wall's clock, above 0; 144 makes a day of ten minutes.</param>
    public ReplayClock(DateTimeOffset wallStart, DateTimeOffset dayStart, double speed)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(speed);
        (WallStart, DayStart, Speed) = (wallStart, dayStart, speed);
    }

    /// <summary>The wall's clock when the day's shows <see cref="DayStart"/>.</summary>
    public DateTimeOffset WallStart { get; }

    /// <summary>The day's clock at <see cref="WallStart"/>.</summary>
    public DateTimeOffset DayStart { get; }

    /// <summary>How many times as fast as the wall's clock.</summary>
    public double Speed { get; }

    /// <inheritdoc/>
    public static ReplayClock Parse(string s, IFormatProvider? provider) => TryParse(s, provider, out var clock)
        ? clock
        : throw new FormatException($"'{s}' is no replayed day; wanted WALL,DAY,SPEED such as 2026-11-22T09:00:00Z,2026-03-03T05:00:00Z,144.");

    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, [MaybeNullWhen(false)] out ReplayClock result)
    {
        var parts = s?.Split(',') ?? [];
        result = parts.Length == 3
            && DateTimeOffset.TryParse(parts[0], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var wall)
            && DateTimeOffset.TryParse(parts[1], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var day)
            && double.TryParse(parts[2], NumberStyles.Float, CultureInfo.InvariantCulture, out var speed) && speed > 0 && double.IsFinite(speed)
            ? new ReplayClock(wall, day, speed)
            : null;
        return result is not null;
    }

    /// <summary>The text that <see cref="Parse"/> reads.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{WallStart:O},{DayStart:O},{Speed}");

    /// <summary>The wall's clock when the day's shows <paramref name="day"/>.</summary>
    public DateTimeOffset WallAt(DateTimeOffset day) => WallStart + ((day - DayStart) / Speed);

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => DayStart + ((_started - WallStart + System.GetElapsedTime(_origin)) * Speed);

    /// <inheritdoc/>
    public override long GetTimestamp() => (long)((System.GetTimestamp() - _origin) * Speed);

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        System.CreateTimer(callback, state, Shrunk(dueTime), Shrunk(period));

    private TimeSpan Shrunk(TimeSpan time) => time == Timeout.InfiniteTimeSpan ? time : time / Speed;
}
