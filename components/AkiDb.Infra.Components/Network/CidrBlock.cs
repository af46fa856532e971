using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace AkiDb.Infra.Components.Network;

/// <summary>An IPv4 network in CIDR notation (RFC 4632), e.g. 10.0.0.0/16: the first address and the number of fixed bits.</summary>
public readonly record struct CidrBlock
{
    private readonly uint _first;

    private CidrBlock(uint first, int prefixLength)
    {
        _first = first;
        PrefixLength = prefixLength;
    }

    /// <summary>Fixed leading bits, 0 to 32.</summary>
    public int PrefixLength { get; }

    /// <summary>How many addresses it holds, 1 to 2^32.</summary>
    public long AddressCount => 1L << (32 - PrefixLength);

    /// <summary>Reads <c>a.b.c.d/n</c>.</summary>
    /// <exception cref="FormatException">It is no such text, or an address bit behind the prefix is set.</exception>
    public static CidrBlock Parse(string text) => TryParse(text, out var block, out var problem)
        ? block
        : throw new FormatException($"'{text}' is not an IPv4 network: {problem}.");

    /// <summary>Reads <c>a.b.c.d/n</c>; on false, <paramref name="problem"/> says what is wrong.</summary>
    public static bool TryParse(string text, out CidrBlock block, out string problem)
    {
        block = default;
        problem = "want four numbers and a prefix length, such as 10.0.0.0/16";
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0
            || !int.TryParse(text.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var prefixLength)
            || prefixLength > 32
            || text.AsSpan(0, slash).Count('.') != 3
            || !IPAddress.TryParse(text.AsSpan(0, slash), out var address)
            || address.AddressFamily != AddressFamily.InterNetwork)
        {
            return false;
        }

        var bytes = address.GetAddressBytes();
        var first = ((uint)bytes[0] << 24) | ((uint)bytes[1] << 16) | ((uint)bytes[2] << 8) | bytes[3];
        var masked = first & Mask(prefixLength);
        if (masked != first)
        {
            problem = $"bits behind the prefix are set; the network is {new CidrBlock(masked, prefixLength)}";
            return false;
        }

        block = new CidrBlock(first, prefixLength);
        return true;
    }

    /// <summary>The parts of this network that have <paramref name="prefixLength"/> fixed bits, in address order, none missing.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Shorter than this network's prefix, longer than 32, or over 2^16 parts.</exception>
    public IEnumerable<CidrBlock> Split(int prefixLength)
    {
        if (prefixLength < PrefixLength || prefixLength > 32 || prefixLength - PrefixLength > 16)
        {
            throw new ArgumentOutOfRangeException(nameof(prefixLength), prefixLength,
                $"{this} splits into networks of /{PrefixLength} to /{Math.Min(32, PrefixLength + 16)}.");
        }

        var (first, size) = (_first, (uint)(1L << (32 - prefixLength)));
        return Enumerable.Range(0, 1 << (prefixLength - PrefixLength))
            .Select(part => new CidrBlock(first + ((uint)part * size), prefixLength));
    }

    /// <summary>True where the two share an address.</summary>
    public bool Overlaps(CidrBlock other) =>
        ((_first ^ other._first) & Mask(Math.Min(PrefixLength, other.PrefixLength))) == 0;

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{_first >> 24}.{(_first >> 16) & 255}.{(_first >> 8) & 255}.{_first & 255}/{PrefixLength}");

    private static uint Mask(int prefixLength) => prefixLength == 0 ? 0 : uint.MaxValue << (32 - prefixLength);
}
