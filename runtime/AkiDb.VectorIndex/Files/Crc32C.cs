using System.Numerics;
using System.Runtime.InteropServices;

namespace AkiDb.VectorIndex.Files;

/// <summary>CRC-32C (Castagnoli; RFC 3720, appendix B.4), in hardware where there is the instruction.</summary>
internal static class Crc32C
{
    /// <summary>Continues a checksum (0 for a new one) with <paramref name="data"/>.</summary>
    public static uint Append(uint checksum, ReadOnlySpan<byte> data)
    {
        var state = ~checksum;
        var words = MemoryMarshal.Cast<byte, ulong>(data);
        foreach (var word in words)
        {
            state = BitOperations.Crc32C(state, word);
        }

        foreach (var rest in data[(words.Length * sizeof(ulong))..])
        {
            state = BitOperations.Crc32C(state, rest);
        }

        return ~state;
    }

    /// <summary>The checksum of <paramref name="length"/> bytes, which may be more than a span holds.</summary>
    public static unsafe uint Of(byte* data, ulong length)
    {
        const int Chunk = 1 << 30;
        var checksum = 0u;
        for (ulong done = 0; done < length; done += Chunk)
        {
            checksum = Append(checksum, new ReadOnlySpan<byte>(data + done, (int)Math.Min(Chunk, length - done)));
        }

        return checksum;
    }
}
