using System.Runtime.InteropServices;

namespace AkiDb.VectorIndex.Memory;

/// <summary>
/// From which version to which a slot's vector can be seen. A search takes the version at its start and returns a slot
/// only if Born ≤ version &lt; Died, so that replacing a vector is atomic for every reader: it sees the old or the new one,
/// never both, never neither.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal struct Lifetime
{
    /// <summary>Stands for "not yet" in both fields.</summary>
    public const long Never = long.MaxValue;

    /// <summary>Version of the commit that made the slot visible.</summary>
    public long Born;

    /// <summary>Version of the commit that deleted or replaced it.</summary>
    public long Died;

    /// <summary>Whether a search that started at <paramref name="version"/> may return the slot.</summary>
    // Died before Born, the reverse of how a reused slot is stamped: a flat scan also passes slots that are being reused, and
    // the old Born with the new Died would show a vector that is not there yet.
    public readonly bool IsVisibleAt(long version) => version < Volatile.Read(in Died) && Volatile.Read(in Born) <= version;
}
