using System.Collections.Immutable;
using System.Text.RegularExpressions;
using AkiDb.Infra.Components.Autoscaling;
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

    // us-east-1 has the most zones of all regions (AWS, "AWS Regions and Availability Zones", read 2026-11).
    private const int MostZones = 6;

    // AWS, EKS user guide, "VPC and subnet requirements": a cluster's subnets cannot be in these (read 2026-11). Those of other
    // regions (usw1-az2, cac1-az3) come with the regions.
    private static readonly ImmutableArray<string> WithoutClusters = ["use1-az3"];

    /// <summary>Name within the environment. Default: the region; a second cell in one region needs a name of its own.</summary>
    public required string Name { get; init; }

    /// <summary>AWS region.</summary>
    public required string Region { get; init; }

    /// <summary>Addresses of its network, /16 to /20, private (RFC 1918); no two regions may share any.</summary>
    public required CidrBlock Block { get; init; }

    /// <summary>Three availability-zone ids.</summary>
    public required ImmutableArray<string> ZoneIds { get; init; }

    /// <summary>Whether cells can stand in a region.</summary>
    internal static bool IsKnown(string region) => InstanceOfferings.Regions.Contains(region);

    internal static ImmutableArray<RegionSettings> ReadAll(SettingsReader reader)
    {
        var regions = reader.Sections("regions", Allowed, Example).Select(Read).ToImmutableArray();

        for (var index = 0; index < regions.Length; index++)
        {
            var earlier = regions[..index];
            var region = regions[index];
            if (earlier.Any(other => other.Name == region.Name))
                reader.Problem($"regions[{index}].name", region.Name, "a name of its own (the default is the region)", $"{region.Name}-b");
            if (earlier.FirstOrDefault(other => IsPrivate(other.Block) && IsPrivate(region.Block) && other.Block.Overlaps(region.Block)) is { } overlapped)
            {
                reader.Problem($"regions[{index}].cidr", region.Block.ToString(),
                    $"a network that shares no address with '{overlapped.Name}' ({overlapped.Block})", "10.32.0.0/16");
            }
        }

        return regions;
    }

    private static RegionSettings Read(SettingsReader reader)
    {
        var region = ReadRegion(reader);
        var cidr = reader.Text("cidr", IsPrivateBlock, "a private IPv4 network of /16 to /20 (10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16)", "10.16.0.0/16");
        var zones = ReadZones(reader, region);
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

    private static string ReadRegion(SettingsReader reader)
    {
        var allowed = $"one of {string.Join(", ", InstanceOfferings.Regions)}, the regions whose instance types are known";
        var region = reader.OptionalText("region", _ => true, allowed, "eu-central-1") ?? "";
        if (IsKnown(region))
            return region;
        var meant = NearestName.Of(region, InstanceOfferings.Regions);
        reader.Problem("region", region.Length == 0 ? null : region, meant is null ? allowed : $"{allowed} (did you mean {meant}?)", meant ?? "eu-central-1");
        return region;
    }

    // Zones of a region that is none would be judged by its misspelling.
    private static ImmutableArray<string> ReadZones(SettingsReader reader, string region)
    {
        if (!IsKnown(region))
            return reader.Texts("zoneIds", _ => true, "zone ids of the region", "use1-az1");
        var prefix = ZonePrefix(region);
        ImmutableArray<string> plausible = [.. Enumerable.Range(1, MostZones).Select(number => $"{prefix}{number}").Where(zone => !WithoutClusters.Contains(zone))];
        var zones = reader.Texts("zoneIds", plausible.Contains, $"zone ids of {region}{Exclusions(prefix)}", plausible[0]);
        if (zones.Distinct().Count() != RegionalNetwork.ZoneCount || zones.Length != RegionalNetwork.ZoneCount)
        {
            reader.Problem("zoneIds", zones.IsEmpty ? null : string.Join(", ", zones), "three different zone ids",
                $"[{string.Join(", ", plausible.Take(RegionalNetwork.ZoneCount))}]");
        }

        return zones;
    }

    private static string Exclusions(string prefix) =>
        WithoutClusters.Where(zone => zone.StartsWith(prefix, StringComparison.Ordinal)).ToList() is { Count: > 0 } excluded
            ? $", 1 to {MostZones}; EKS has no control plane in {string.Join(", ", excluded)}"
            : $", 1 to {MostZones}";

    private static bool IsPrivateBlock(string text) => CidrBlock.TryParse(text, out var block, out _) && IsPrivate(block);

    private static bool IsPrivate(CidrBlock block) => block.PrefixLength is >= 16 and <= 20 && PrivateRanges.Any(range => range.Overlaps(block));

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

    [GeneratedRegex("^[a-z][a-z0-9-]{1,23}$")]
    private static partial Regex CellName();
}
