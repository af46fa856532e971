using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using AkiDb.Infra.Components.Fleet;
using AkiDb.Infra.Components.Network;

namespace AkiDb.Infra.Stacks.Settings;

/// <summary>The Jetson boards at a site.</summary>
public sealed partial record JetsonSettings
{
    /// <summary>Name of the site.</summary>
    public required string Site { get; init; }

    /// <summary>Address by board.</summary>
    public required ImmutableSortedDictionary<string, string> Boards { get; init; }

    /// <summary>Boards that get a release first. Default: 1.</summary>
    public required int CanaryBoards { get; init; }

    /// <summary>What they run; null until something was released.</summary>
    public required JetsonRelease? Release { get; init; }

    /// <summary>Until when boards may be enrolled; null: nobody can.</summary>
    public required DateTimeOffset? EnrolUntil { get; init; }

    /// <summary>Receiver of the boards' metrics; null for none.</summary>
    public required Uri? MetricsUrl { get; init; }

    /// <summary>The way between router and boards. Default: none.</summary>
    public required BoardNetwork Network { get; init; }

    /// <summary>The site's VPN device and addresses; null without a VPN.</summary>
    public required (string GatewayAddress, CidrBlock Block)? Vpn { get; init; }

    internal static JetsonSettings? Read(SettingsReader reader, ImmutableArray<RegionSettings> regions)
    {
        var boards = reader.Map("boards", (name, address) => Name().IsMatch(name) && IPAddress.TryParse(address, out _),
            "host names with their IPv4 addresses at the site", "{ jetson01: 192.168.1.101 }");
        if (boards.IsEmpty)
        {
            reader.RefuseUnknownKeys();
            return null;
        }

        foreach (var twice in boards.GroupBy(board => board.Value).SelectMany(same => same.Skip(1).Select(board => (Board: board, Other: same.First().Key))))
            reader.Problem($"boards.{twice.Board.Key}", twice.Board.Value, $"an address of its own; {twice.Other} has this one", "192.168.1.101");
        var network = reader.Choice("network", BoardNetwork.None);
        var settings = new JetsonSettings
        {
            Site = reader.Text("site", Name().IsMatch, "2 to 32 lower-case letters, digits and hyphens, a letter first", "office"),
            Boards = boards,
            CanaryBoards = reader.Whole("canaryBoards", 1, boards.Count, 1),
            Release = ReadRelease(reader.Section("release")),
            EnrolUntil = reader.OptionalText("enrolUntil", text => TryTime(text, out _), "a time in UTC", "2026-12-01T00:00:00Z") is { } time && TryTime(time, out var until) ? until : null,
            MetricsUrl = reader.OptionalText("metricsUrl", text => Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttps,
                "an https URL that takes Prometheus remote write", "https://aps-workspaces.us-east-1.amazonaws.com/workspaces/ws-…/api/v1/remote_write") is { } url
                    && Uri.TryCreate(url, UriKind.Absolute, out var receiver) ? receiver : null,
            Network = network,
            Vpn = network == BoardNetwork.SiteToSiteVpn ? ReadVpn(reader, regions) : null,
        };
        reader.RefuseUnknownKeys();
        return settings;
    }

    private static JetsonRelease? ReadRelease(SettingsReader reader)
    {
        var version = reader.OptionalText("version", JetsonRelease.IsVersion, "a version", "1.4.0");
        var hash = reader.OptionalText("sha256", JetsonRelease.IsHash, "the archive's SHA-256, 64 hexadecimal digits", "0123…");
        if (version is null != hash is null)
            reader.Problem(version is null ? "version" : "sha256", null, "version and sha256 together", "see docs/jetson.md");
        reader.RefuseUnknownKeys();
        return version is not null && hash is not null ? new JetsonRelease(version, hash) : null;
    }

    private static (string GatewayAddress, CidrBlock Block) ReadVpn(SettingsReader reader, ImmutableArray<RegionSettings> regions)
    {
        var gateway = reader.Text("gatewayAddress", text => IPAddress.TryParse(text, out _), "the public IPv4 address of the site's VPN device", "203.0.113.7");
        var cidr = reader.Text("siteCidr", text => CidrBlock.TryParse(text, out _, out _), "the boards' network", "192.168.1.0/24");
        if (CidrBlock.TryParse(cidr, out var block, out _) && regions.FirstOrDefault(region => region.Block.Overlaps(block)) is { } region)
            reader.Problem("siteCidr", cidr, $"a network that shares no address with {region.Name} ({region.Block})", "192.168.1.0/24");
        return (gateway, block);
    }

    private static bool TryTime(string text, out DateTimeOffset time) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out time);

    [GeneratedRegex("^[a-z][a-z0-9-]{1,31}$")]
    private static partial Regex Name();
}
