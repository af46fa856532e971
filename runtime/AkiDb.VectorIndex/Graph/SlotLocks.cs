namespace AkiDb.VectorIndex.Graph;

/// <summary>
/// Striped spin locks around the link lists, between writers only. A lock is held for one list update (microseconds) and
/// never together with another.
/// </summary>
internal sealed class SlotLocks
{
    private const int Stripes = 4096;
    private readonly int[] _taken = new int[Stripes];

    /// <summary>Takes the lock of a slot.</summary>
    public void Enter(int slot)
    {
        ref var taken = ref _taken[slot & (Stripes - 1)];
        if (Interlocked.CompareExchange(ref taken, 1, 0) == 0)
        {
            return;
        }

        var spin = default(SpinWait);
        do
        {
            spin.SpinOnce();
        }
        while (Volatile.Read(ref taken) != 0 || Interlocked.CompareExchange(ref taken, 1, 0) != 0);
    }

    /// <summary>Gives it back.</summary>
    public void Exit(int slot) => Volatile.Write(ref _taken[slot & (Stripes - 1)], 0);
}
