namespace AkiDb.VectorIndex.Distances;

/// <summary>A distance of two byte codes, 64-byte aligned and padded with zeros to a multiple of 64 bytes.</summary>
internal unsafe interface ICodeKernel
{
    /// <summary>Distance in units of the quantiser's squared step, never negative; smaller is nearer.</summary>
    static abstract uint Distance(byte* a, byte* b, nint paddedLength);
}
