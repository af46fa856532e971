namespace AkiDb.VectorIndex.Memory;

/// <summary>
/// Epoch-based reclamation (Fraser, UCAM-CL-TR-579): who reads announces the epoch it started in; what was unlinked in
/// an epoch is reused only when every announced epoch is later. Readers never wait and never take a lock.
/// </summary>
internal sealed class ReaderEpochs
{
    private readonly Lock _registration = new();
    private volatile ReaderPin[] _pins = [];
    private long _epoch = 1;

    /// <summary>Adds a reader that may pin from now on.</summary>
    public ReaderPin Register()
    {
        var pin = new ReaderPin();
        lock (_registration)
        {
            _pins = [.. _pins, pin];
        }

        return pin;
    }

    /// <summary>Removes a reader that does not pin any more.</summary>
    public void Unregister(ReaderPin pin)
    {
        lock (_registration)
        {
            _pins = [.. _pins.Where(other => other != pin)];
        }
    }

    /// <summary>
    /// Announces a reader. The full fence orders the announcement before every later read: either the writer sees the
    /// pin, or the reader sees what the writer published before it looked for pins.
    /// </summary>
    public void Enter(ReaderPin pin)
    {
        Volatile.Write(ref pin.Epoch, Volatile.Read(ref _epoch));
        Interlocked.MemoryBarrier();
    }

    /// <summary>Ends the announcement.</summary>
    public static void Leave(ReaderPin pin) => Volatile.Write(ref pin.Epoch, ReaderPin.Idle);

    /// <summary>Starts a new epoch after something was unlinked; the returned number is what <see cref="HasPassed"/> takes.</summary>
    public long Advance() => Interlocked.Increment(ref _epoch);

    /// <summary>Whether every reader that was inside when <see cref="Advance"/> returned <paramref name="epoch"/> has left.</summary>
    public bool HasPassed(long epoch)
    {
        Interlocked.MemoryBarrier();
        foreach (var pin in _pins)
        {
            if (Volatile.Read(ref pin.Epoch) < epoch)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Waits until <see cref="HasPassed"/>; the caller must not be pinned itself.</summary>
    public void WaitFor(long epoch)
    {
        var spin = default(SpinWait);
        while (!HasPassed(epoch))
        {
            spin.SpinOnce();
        }
    }
}
