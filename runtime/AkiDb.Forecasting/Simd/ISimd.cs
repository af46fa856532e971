namespace AkiDb.Forecasting.Simd;

/// <summary>
/// The vector operations that training needs, for one register width. A struct type argument, so that each kernel is compiled
/// once a width with all of these inlined.
/// </summary>
internal unsafe interface ISimd<TVector>
    where TVector : struct
{
    /// <summary>Floats in a vector.</summary>
    static abstract int Count { get; }

    /// <summary>Rows of a product's tile that fit the registers: 8 of 32 registers, 4 of 16.</summary>
    static abstract int TileRows { get; }

    static abstract TVector Load(float* source);

    static abstract void Store(TVector value, float* destination);

    static abstract TVector Broadcast(float value);

    static abstract TVector Add(TVector left, TVector right);

    static abstract TVector Subtract(TVector left, TVector right);

    static abstract TVector Multiply(TVector left, TVector right);

    static abstract TVector Divide(TVector left, TVector right);

    /// <summary>left · right + addend, fused where the processor can.</summary>
    static abstract TVector MultiplyAdd(TVector left, TVector right, TVector addend);

    static abstract TVector Min(TVector left, TVector right);

    static abstract TVector Max(TVector left, TVector right);

    static abstract TVector Sqrt(TVector value);

    static abstract TVector Round(TVector value);

    /// <summary>2 to the power of whole numbers between −126 and 127.</summary>
    static abstract TVector PowerOfTwo(TVector wholeNumbers);
}
