namespace AkiDb.Forecasting.Simd;

/// <summary>Zeroed floats at an address that is a multiple of 64 and does not change.</summary>
internal sealed unsafe class PinnedFloats
{
    private const int Alignment = 64;
    // Keeps the memory alive; on the pinned heap, so that nothing moves it.
    private readonly float[] _memory;

    public PinnedFloats(int length)
    {
        Length = length;
        _memory = GC.AllocateArray<float>(length + (Alignment / sizeof(float)), pinned: true);
        fixed (float* start = _memory)
        {
            Pointer = (float*)(((nint)start + Alignment - 1) & -Alignment);
        }
    }

    public int Length { get; }

    public float* Pointer { get; }

    public Span<float> Span => new(Pointer, Length);
}
