using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace AkiDb.VectorIndex.Quantization;

/// <summary>
/// One step size for all components: q = round((x − offset) / step). For L2 and cosine each component has its own offset
/// (it cancels in differences) and codes are 0 to 127; for dot products the offset is zero and codes are −127 to 127.
/// </summary>
internal sealed unsafe class ScalarQuantizer
{
    private readonly float[] _offsets;
    private readonly float* _pinned;

    public ScalarQuantizer(float[] offsets, float step, bool isSigned)
    {
        _offsets = GC.AllocateUninitializedArray<float>(offsets.Length, pinned: true);
        offsets.CopyTo(_offsets, 0);
        _pinned = (float*)Marshal.UnsafeAddrOfPinnedArrayElement(_offsets, 0);
        Step = step;
        IsSigned = isSigned;
    }

    /// <summary>Difference of two neighbouring codes, in units of a component.</summary>
    public float Step { get; }

    /// <summary>Whether codes are signed (dot) or seven-bit unsigned (L2, cosine).</summary>
    public bool IsSigned { get; }

    /// <summary>Value of code 0 for each component, padded like a vector.</summary>
    public ReadOnlySpan<float> Offsets => _offsets;

    /// <summary>
    /// Writes the code of a padded vector and returns how many components lay outside the trained range. Codes beyond
    /// the vector's padding are left as they are (zero).
    /// </summary>
    public int Encode(float* vector, byte* code)
    {
        var clipped = 0;
        for (var i = 0; i < _offsets.Length; i += 16)
        {
            var low = Vector128.Narrow(Four(vector, i, ref clipped), Four(vector, i + 4, ref clipped));
            var high = Vector128.Narrow(Four(vector, i + 8, ref clipped), Four(vector, i + 12, ref clipped));
            Vector128.Narrow(low, high).AsByte().Store(code + i);
        }

        return clipped;
    }

    private Vector128<int> Four(float* vector, int i, ref int clipped)
    {
        var scaled = (Vector128.Load(vector + i) - Vector128.Load(_pinned + i)) * Vector128.Create(1 / Step);
        var low = Vector128.Create(IsSigned ? -127f : 0f);
        var inRange = Vector128.Min(Vector128.Max(scaled, low), Vector128.Create(127f));
        // Half a step of tolerance: an extreme of the training sample itself is not out of range.
        var far = Vector128.GreaterThan(Vector128.Abs(scaled - inRange), Vector128.Create(0.5f));
        clipped += (int)uint.PopCount(far.ExtractMostSignificantBits());
        // Adding 127 makes truncation a rounding of non-negative numbers; it is taken off as an integer.
        return Vector128.ConvertToInt32(inRange + Vector128.Create(IsSigned ? 127.5f : 0.5f))
            - Vector128.Create(IsSigned ? 127 : 0);
    }
}
