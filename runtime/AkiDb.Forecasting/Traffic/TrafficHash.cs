using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace AkiDb.Forecasting.Traffic;

/// <summary>Names a series by its content, so that a model says what it was trained on.</summary>
public static class TrafficHash
{
    /// <summary>SHA-256 of the start (UTC ticks) and the values (IEEE 754, little-endian), in lower-case hexadecimal.</summary>
    public static string Of(TrafficSeries series)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> start = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(start, series.Start.UtcTicks);
        hash.AppendData(start);
        hash.AppendData(MemoryMarshal.AsBytes(series.Values));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
