using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace AkiDb.Infra.Plan.Offline.Outputs;

/// <summary>Text that looks like what AWS makes up, always the same for the same resource.</summary>
internal static class StandInText
{
    /// <summary>Lower-case hexadecimal digits derived from <paramref name="seed"/>, at most 64.</summary>
    public static string Hex(string seed, int digits) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(seed)))[..digits];

    /// <summary>An address inside 10.0.0.0/8.</summary>
    public static string PrivateAddress(string seed)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(seed));
        return string.Create(CultureInfo.InvariantCulture, $"10.{hash[0]}.{hash[1]}.{hash[2]}");
    }

    /// <summary>An address of the documentation range 203.0.113.0/24 (RFC 5737).</summary>
    public static string PublicAddress(string seed) =>
        string.Create(CultureInfo.InvariantCulture, $"203.0.113.{SHA256.HashData(Encoding.UTF8.GetBytes(seed))[0]}");

    /// <summary>A whole number of nine digits or fewer.</summary>
    public static uint Number(string seed) => BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(seed))) % 1_000_000_000;

    /// <summary>A UUID.</summary>
    public static string Uuid(string seed)
    {
        var hex = Hex(seed, 32);
        return $"{hex[..8]}-{hex[8..12]}-{hex[12..16]}-{hex[16..20]}-{hex[20..]}";
    }
}
