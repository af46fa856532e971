using System.Globalization;

namespace AkiDb.Infra.Policies;

/// <summary>What rules need to know about address blocks.</summary>
internal static class Networks
{
    // The smallest prefix that still names somebody: an IPv4 /8 is the largest block ever assigned to one organisation.
    private const int LeastPrefixLength = 8;

    /// <summary>True if <paramref name="block"/> lets in everyone, or a good part of everyone (so that two halves do not pass).</summary>
    public static bool IsWide(string block)
    {
        var slash = block.LastIndexOf('/');
        return slash >= 0 && int.TryParse(block.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var length)
            && length < LeastPrefixLength;
    }
}
