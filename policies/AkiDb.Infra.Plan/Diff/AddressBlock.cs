using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace AkiDb.Infra.Plan.Diff;

/// <summary>An IPv4 network, e.g. <c>10.16.0.0/16</c>.</summary>
/// <param name="First">Its first address as a number.</param>
/// <param name="PrefixLength">Bits that all its addresses share, 0 to 32.</param>
internal readonly record struct AddressBlock(uint First, int PrefixLength)
{
    /// <summary>Reads <c>10.16.0.0/16</c>; null where the text is something else.</summary>
    public static AddressBlock? Parse(string text)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        return slash > 0 && Number(text[..slash]) is { } first
            && int.TryParse(text.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var length) && length <= 32
            ? new AddressBlock(first, length)
            : null;
    }

    /// <summary>Where an address, or a smaller block, lies in this one: its distance from the first address and its length.
    /// Null where it lies outside.</summary>
    public string? PlaceOf(string address)
    {
        var block = address.Contains('/', StringComparison.Ordinal) ? Parse(address) : Number(address) is { } single ? new AddressBlock(single, 32) : null;
        if (block is not { } inner || inner.PrefixLength < PrefixLength || inner.First < First || inner.First - First >= Size)
            return null;
        return string.Create(CultureInfo.InvariantCulture, $"+{inner.First - First}/{inner.PrefixLength}");
    }

    /// <inheritdoc/>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{First >> 24}.{(First >> 16) & 255}.{(First >> 8) & 255}.{First & 255}/{PrefixLength}");

    private ulong Size => 1UL << (32 - PrefixLength);

    private static uint? Number(string address) =>
        IPAddress.TryParse(address, out var parsed) && parsed.AddressFamily == AddressFamily.InterNetwork
            ? System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(parsed.GetAddressBytes())
            : null;
}
