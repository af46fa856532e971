using System.Collections.Immutable;
using System.Text.RegularExpressions;
using AkiDb.Infra.Components.Workloads;

namespace AkiDb.Infra.Stacks.Settings;

/// <summary>What runs in the clusters, the same in every region.</summary>
public sealed partial record WorkloadsSettings
{
    /// <summary>Fewest readers a region. 3 lets two thirds of them be on spot; with 2 the nearest share is a half. Default: 3.</summary>
    public required int MinReplicas { get; init; }

    /// <summary>Most readers a region. Default: 20 (specification W14).</summary>
    public required int MaxReplicas { get; init; }

    /// <summary>Routers a region. Default: 3.</summary>
    public required int RouterReplicas { get; init; }

    /// <summary>Digest by image name; what is missing is left out of a deployment.</summary>
    public required ImmutableSortedDictionary<string, string> ImageDigests { get; init; }

    /// <summary>When workloads go to zero and come back, as cron in UTC; null means never.</summary>
    public required (string DownAt, string UpAt)? Schedule { get; init; }

    internal static WorkloadsSettings Read(SettingsReader reader)
    {
        var min = reader.Whole("minReplicas", 1, 100, 3);
        var settings = new WorkloadsSettings
        {
            MinReplicas = min,
            MaxReplicas = reader.Whole("maxReplicas", min, 100, Math.Max(min, 20)),
            RouterReplicas = reader.Whole("routerReplicas", 1, 100, 3),
            ImageDigests = reader.Map("images", (name, digest) => ImageNames.All.Contains(name) && Digest().IsMatch(digest),
                $"sha256 digests of {string.Join(", ", ImageNames.All)}", "{ router: 'sha256:0123…' (64 hexadecimal digits) }"),
            Schedule = ReadSchedule(reader),
        };
        reader.RefuseUnknownKeys();
        return settings;
    }

    private static (string DownAt, string UpAt)? ReadSchedule(SettingsReader reader)
    {
        var schedule = reader.Section("scaleToZero");
        var down = schedule.OptionalText("downAt", CronSchedule.IsValid, CronSchedule.Allowed, "0 20 * * mon-fri");
        var up = schedule.OptionalText("upAt", CronSchedule.IsValid, CronSchedule.Allowed, "0 6 * * mon-fri");
        if (down is null != up is null)
            schedule.Problem(down is null ? "downAt" : "upAt", null, $"{CronSchedule.Allowed}; the two belong together", "0 20 * * mon-fri");
        schedule.RefuseUnknownKeys();
        return down is not null && up is not null ? (down, up) : null;
    }

    [GeneratedRegex("^sha256:[0-9a-f]{64}$")]
    private static partial Regex Digest();
}
