namespace AkiDb.Router.Measurement;

/// <summary>
/// Events in the last second, without a lock: eleven slots of 100 ms, the oldest weighted by its share of the window.
/// A slot packs its number (high 40 bits) and its count (low 24 bits), so that a stale slot is recognised, not cleared.
/// </summary>
internal sealed class SlidingCounter
{
    private const int SlotMs = 100;
    private const int SlotsInWindow = 10;
    private const int SlotCount = 16;
    private const int CountBits = 24;
    private const long CountMask = (1L << CountBits) - 1;

    private readonly long[] _slots = new long[SlotCount];

    /// <summary>Counts one event at <paramref name="nowMs"/>.</summary>
    public void Add(double nowMs)
    {
        var number = (long)nowMs / SlotMs;
        ref var slot = ref _slots[number % SlotCount];
        var seen = Volatile.Read(ref slot);
        while (seen >> CountBits != number)
        {
            var before = Interlocked.CompareExchange(ref slot, (number << CountBits) | 1, seen);
            if (before == seen)
            {
                return;
            }

            seen = before;
        }

        Interlocked.Increment(ref slot);
    }

    /// <summary>Events in the second that ends at <paramref name="nowMs"/>.</summary>
    public double CountInLastSecond(double nowMs)
    {
        var number = (long)nowMs / SlotMs;
        long whole = 0;
        for (var i = 0; i < SlotsInWindow; i++)
        {
            whole += CountOf(number - i);
        }

        var partOfOldest = 1 - ((nowMs - (number * SlotMs)) / SlotMs);
        return whole + (CountOf(number - SlotsInWindow) * partOfOldest);
    }

    private long CountOf(long number)
    {
        if (number < 0)
        {
            return 0;
        }

        var slot = Volatile.Read(ref _slots[number % SlotCount]);
        return slot >> CountBits == number ? slot & CountMask : 0;
    }
}
