using System.Runtime.CompilerServices;

namespace AkiDb.Forecasting.Simd;

/// <summary>
/// Logistic function and hyperbolic tangent, absolute error below 3e-7. The exponential is Cephes' expf (Moshier 1989): two-step
/// reduction by ln 2 and a polynomial of degree six, in floats throughout.
/// </summary>
internal static class Activation<TSimd, TVector>
    where TSimd : struct, ISimd<TVector>
    where TVector : struct
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Sigmoid(TVector x)
    {
        var one = TSimd.Broadcast(1);
        return TSimd.Divide(one, TSimd.Add(one, Exp(TSimd.Multiply(x, TSimd.Broadcast(-1)))));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Tanh(TVector x)
    {
        // 2σ(2x) − 1
        var one = TSimd.Broadcast(1);
        var sigmoid = TSimd.Divide(TSimd.Broadcast(2), TSimd.Add(one, Exp(TSimd.Multiply(x, TSimd.Broadcast(-2)))));
        return TSimd.Subtract(sigmoid, one);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Exp(TVector x)
    {
        // Within this range neither the result nor 2ⁿ leaves the normal floats.
        x = TSimd.Min(TSimd.Max(x, TSimd.Broadcast(-87)), TSimd.Broadcast(87));
        var n = TSimd.Round(TSimd.Multiply(x, TSimd.Broadcast(1.44269504f)));
        var r = TSimd.MultiplyAdd(n, TSimd.Broadcast(-0.693359375f), x);
        r = TSimd.MultiplyAdd(n, TSimd.Broadcast(2.12194440e-4f), r);
        var y = TSimd.Broadcast(1.9875691500e-4f);
        y = TSimd.MultiplyAdd(y, r, TSimd.Broadcast(1.3981999507e-3f));
        y = TSimd.MultiplyAdd(y, r, TSimd.Broadcast(8.3334519073e-3f));
        y = TSimd.MultiplyAdd(y, r, TSimd.Broadcast(4.1665795894e-2f));
        y = TSimd.MultiplyAdd(y, r, TSimd.Broadcast(1.6666665459e-1f));
        y = TSimd.MultiplyAdd(y, r, TSimd.Broadcast(5.0000001201e-1f));
        y = TSimd.MultiplyAdd(TSimd.Multiply(r, r), y, TSimd.Add(r, TSimd.Broadcast(1)));
        return TSimd.Multiply(y, TSimd.PowerOfTwo(n));
    }
}
