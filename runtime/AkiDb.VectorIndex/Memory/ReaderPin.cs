using System.Runtime.InteropServices;

namespace AkiDb.VectorIndex.Memory;

/// <summary>One reader's announced epoch, alone on its cache lines so that readers do not slow each other.</summary>
[StructLayout(LayoutKind.Explicit, Size = 256)]
internal sealed class ReaderPin
{
    /// <summary>No read in progress.</summary>
    public const long Idle = long.MaxValue;

    [FieldOffset(128)]
    public long Epoch = Idle;
}
