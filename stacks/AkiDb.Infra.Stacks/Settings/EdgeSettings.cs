using System.Collections.Immutable;
using System.Text.RegularExpressions;
using AkiDb.Infra.Components;
using AkiDb.Infra.Components.Edge;

namespace AkiDb.Infra.Stacks.Settings;

/// <summary>The edge before all regions: CloudFront, DNS, the load balancers that they lead to, and the warm embedding tier.</summary>
public sealed partial record EdgeSettings
{
    /// <summary>Hosted zone of the environment; clients call <c>api.</c> of it.</summary>
    public required string Domain { get; init; }

    /// <summary>From which edge locations CloudFront serves. Default: class 200, the least that has Asia.</summary>
    public required PriceClass PriceClass { get; init; }

    /// <summary>Seconds between two health checks of a region: 10 or 30. Default: 10.</summary>
    public required int HealthCheckSeconds { get; init; }

    /// <summary>Most requests of one address in five minutes. Default: 30,000, a hundred a second.</summary>
    public required int RequestsPerAddress { get; init; }

    /// <summary>Serial of the header that load balancers know CloudFront by; one more rotates it. Default: 1.</summary>
    public required int OriginKeySerial { get; init; }

    /// <summary>Sign the zone. Default: true.</summary>
    public required bool Dnssec { get; init; }

    /// <summary>Days that queries and functions' logs are kept. Default: 90.</summary>
    public required int LogRetentionDays { get; init; }

    /// <summary>MB of a warm environment. Default: 1,769, one vCPU.</summary>
    public required int WarmMemoryMb { get; init; }

    /// <summary>Environments kept warm a region, least and most. Default: 1 and 10.</summary>
    public required (int Least, int Most) Warm { get; init; }

    /// <summary>SHA-256 by the id of each API key that the warm tier knows, at most 30; without any there is none.</summary>
    public required ImmutableSortedDictionary<string, string> WarmKeys { get; init; }

    /// <summary>Hours with more of them; null for none.</summary>
    public required BusyHours? Busy { get; init; }

    internal static EdgeSettings? Read(SettingsReader reader, ImmutableArray<RegionSettings> regions)
    {
        var domain = reader.OptionalText("domain", DomainName().IsMatch, "a DNS name in lower case", "akidb.example.com");
        if (domain is null)
        {
            reader.RefuseUnknownKeys();
            return null;
        }

        // A region that is misspelt may well be the one.
        if (regions.All(region => region.Region != EdgeNames.Region && RegionSettings.IsKnown(region.Region)))
            reader.Problem("domain", domain, $"no edge, or a region {EdgeNames.Region} among akidb:regions: what is global stands and logs there", "remove the group");
        var warm = reader.Section("warm");
        var most = warm.Whole("most", 1, 1000, 10);
        var least = warm.Whole("least", 1, most, 1);
        var settings = new EdgeSettings
        {
            Domain = domain,
            PriceClass = reader.Choice("priceClass", PriceClass.Class200),
            HealthCheckSeconds = reader.WholeOf("healthCheckSeconds", [10, 30], 10),
            RequestsPerAddress = reader.Whole("requestsPerAddress", 100, 2_000_000_000, 30_000),
            OriginKeySerial = reader.Whole("originKeySerial", 1, int.MaxValue, 1),
            Dnssec = reader.Flag("dnssec", true),
            LogRetentionDays = reader.WholeOf("logRetentionDays", LogRetention.AllowedDays, 90),
            WarmMemoryMb = warm.Whole("memoryMb", 256, 10_240, 1_769),
            Warm = (least, most),
            WarmKeys = ReadKeys(warm),
            Busy = ReadBusy(warm, least, most),
        };
        warm.RefuseUnknownKeys();
        reader.RefuseUnknownKeys();
        return settings;
    }

    private static ImmutableSortedDictionary<string, string> ReadKeys(SettingsReader warm)
    {
        const int most = 30;
        const string allowed = "an id of 12 hexadecimal digits with the SHA-256 of its key, as 'akidb search key create' writes them";
        const string example = "{ 0123456789ab: 64 hexadecimal digits }";
        var keys = warm.Map("keys", (id, hash) => KeyId().IsMatch(id) && KeyHash().IsMatch(hash), allowed, example);
        if (keys.Count > most)
            warm.Problem("keys", $"{keys.Count} keys", $"at most {most}: a function's environment holds 4 KB", example);
        return keys;
    }

    private static BusyHours? ReadBusy(SettingsReader warm, int least, int most)
    {
        const string allowed = "a cron expression of six fields in UTC; busyFrom and busyUntil belong together";
        var from = warm.OptionalText("busyFrom", Cron().IsMatch, allowed, "cron(0 8 ? * MON-FRI *)");
        var until = warm.OptionalText("busyUntil", Cron().IsMatch, allowed, "cron(0 18 ? * MON-FRI *)");
        var busy = warm.Whole("busyLeast", least, most, least);
        if (from is null != until is null)
            warm.Problem(from is null ? "busyFrom" : "busyUntil", null, allowed, "cron(0 8 ? * MON-FRI *)");
        return from is not null && until is not null ? new BusyHours(from, until, busy) : null;
    }

    [GeneratedRegex(@"^(?=.{4,200}$)([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$")]
    private static partial Regex DomainName();

    [GeneratedRegex("^[0-9a-f]{12}$")]
    private static partial Regex KeyId();

    [GeneratedRegex("^[0-9a-f]{64}$")]
    private static partial Regex KeyHash();

    [GeneratedRegex(@"^cron\([0-9*,/-]+ [0-9*,/-]+ [0-9*?,/-]+ [0-9A-Z*,/-]+ [0-9A-Z*?,/#-]+ [0-9*,/-]+\)$")]
    private static partial Regex Cron();
}
