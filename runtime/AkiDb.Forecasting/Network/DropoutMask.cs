using AkiDb.Forecasting.Simd;

namespace AkiDb.Forecasting.Network;

/// <summary>Drops a share of values and scales the rest up so that the mean stays (Srivastava et al. 2014).</summary>
internal sealed unsafe class DropoutMask
{
    private readonly PinnedFloats _mask;
    private readonly PinnedFloats _kept;
    private readonly double _share;

    public DropoutMask(int length, double share)
    {
        _share = share;
        _mask = new PinnedFloats(share > 0 ? length : 0);
        _kept = new PinnedFloats(share > 0 ? length : 0);
    }

    /// <summary>What <see cref="Draw"/> left.</summary>
    public float* Kept => _kept.Pointer;

    /// <summary>Draws a mask and applies it to a copy of the values.</summary>
    public float* Draw(float* values, ulong seed)
    {
        var scale = (float)(1 / (1 - _share));
        var dropBelow = (uint)(_share * uint.MaxValue);
        for (var i = 0; i < _mask.Length; i++)
        {
            var factor = Mix(seed, (ulong)i) < dropBelow ? 0 : scale;
            _mask.Pointer[i] = factor;
            _kept.Pointer[i] = values[i] * factor;
        }

        return _kept.Pointer;
    }

    /// <summary>Applies the mask drawn last.</summary>
    public void Apply(float* gradient)
    {
        for (var i = 0; i < _mask.Length; i++)
        {
            gradient[i] *= _mask.Pointer[i];
        }
    }

    // SplitMix64 (Steele, Lea, Flood 2014): a value's fate depends on its place and the seed, not on who came before.
    private static uint Mix(ulong seed, ulong i)
    {
        var z = (seed * 0x9E3779B97F4A7C15) + (i * 0xD1B54A32D192ED03) + 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return (uint)((z ^ (z >> 31)) >> 32);
    }
}
