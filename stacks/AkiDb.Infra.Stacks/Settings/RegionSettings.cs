using System.Collections.Immutable;
using System.Text.RegularExpressions;
using AkiDb.Infra.Components.Network;

namespace AkiDb.Infra.Stacks.Settings;

/// <summary>One region of an environment.</summary>
public sealed partial record RegionSettings
{
    private const string Allowed = "a list of regions, each with region, cidr and zoneIds";

    private const string Example = "[{ region: us-east-1, cidr: 10.16.0.0/16, zoneIds: [use1-az1, use1-az2, use1-az4] }]";

    // RFC 1918.
    private static readonly ImmutableArray<CidrBlock> PrivateRanges =
        [CidrBlock.Parse("10.0.0.0/8"), CidrBlock.Parse("172.16.0.0/12"), CidrBlock.Parse("192.168.0.0/16")];

    /// <summary>Name within the environment. Default: the region; a second cell in one region needs a name of its own.</summary>
    public required string Name { get; init; }

    /// <summary>AWS region.</summary>
    public required string Region { get; init; }

    /// <summary>Addresses of its network, /16 to /20, private (RFC 1918); no two regions may share any.</summary>
    public required CidrBlock Block { get; init; }

    /// <summary>Three availability-zone ids.</summary>
    public required ImmutableArray<string> ZoneIds { get; init; }

    internal static ImmutableArray<RegionSettings> ReadAll(SettingsReader reader)
    {
        var regions = reader.Sections("regions", Allowed, Example).Select(Read).ToImmutableArray();

        for (var index = 0; index < regions.Length; index++)
        {
            var earlier = regions[..index];
            var region = regions[index];
            if (earlier.Any(other => other.Name == region.Name))
                reader.Problem($"regions[{index}].name", region.Name, "a name of its own (the default is the region)", $"{region.Name}-b");
            if (earlier.FirstOrDefault(other => other.Block.Overlaps(region.Block)) is { } overlapped)
            {
                reader.Problem($"regions[{index}].cidr", region.Block.ToString(),
                    $"a network that shares no address with '{overlapped.Name}' ({overlapped.Block})", "10.32.0.0/16");
            }
        }

        return regions;
    }

    private static RegionSettings Read(SettingsReader reader)
    {
        var region = reader.Text("region", RegionName().IsMatch, "an AWS region", "eu-central-1");
        var cidr = reader.Text("cidr", IsPrivateBlock, "a private IPv4 network of /16 to /20 (10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16)", "10.16.0.0/16");
        var prefix = ZonePrefix(region);
        var zones = reader.Texts("zoneIds", zone => ZoneId().IsMatch(zone) && zone.StartsWith(prefix, StringComparison.Ordinal),
            $"zone ids of {region}", $"{prefix}1");
        if (zones.Distinct().Count() != RegionalNetwork.ZoneCount || zones.Length != RegionalNetwork.ZoneCount)
            reader.Problem("zoneIds", string.Join(", ", zones), "three different zone ids", $"[{prefix}1, {prefix}2, {prefix}3]");
        var name = reader.OptionalText("name", CellName().IsMatch, "2 to 24 lower-case letters, digits and hyphens", "us-east-1-b") ?? region;
        reader.RefuseUnknownKeys();
        return new RegionSettings
        {
            Name = name,
            Region = region,
            Block = CidrBlock.TryParse(cidr, out var block, out _) ? block : default,
            ZoneIds = zones,
        };
    }

    private static bool IsPrivateBlock(string text) =>
        CidrBlock.TryParse(text, out var block, out _) && block.PrefixLength is >= 16 and <= 20
        && PrivateRanges.Any(range => range.Overlaps(block));

    // us-east-1 -> use1-az, ap-northeast-1 -> apne1-az: the id's first part is the region shortened
    // (AWS, "Availability Zone IDs", read 2026-11).
    private static string ZonePrefix(string region)
    {
        var parts = region.Split('-');
        if (parts.Length < 3)
            return "";
        var direction = parts[^2].Replace("central", "c", StringComparison.Ordinal)
            .Replace("north", "n", StringComparison.Ordinal).Replace("south", "s", StringComparison.Ordinal)
            .Replace("east", "e", StringComparison.Ordinal).Replace("west", "w", StringComparison.Ordinal);
        return $"{string.Concat(parts[..^2])}{direction}{parts[^1]}-az";
    }

    [GeneratedRegex("^[a-z]{2}-[a-z]+-[0-9]$")]
    private static partial Regex RegionName();

    [GeneratedRegex("^[a-z]{3,5}[0-9]-az[0-9]$")]
    private static partial Regex ZoneId();

    [GeneratedRegex("^[a-z][a-z0-9-]{1,23}$")]
    private static partial Regex CellName();
}
