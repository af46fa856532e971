using System.Collections.Immutable;
using System.Globalization;
using AkiDb.Infra.Components.Observability.Alerting;

namespace AkiDb.Infra.Stacks.Settings;

/// <summary>Who is told of alerts, and when.</summary>
public sealed record AlertingSettings
{
    private const string DefaultRunbooks = "https://wiki.akidb.com/runbooks";

    /// <summary>How far alerts reach. Default: none.</summary>
    public required NotificationLevel Notify { get; init; }

    /// <summary>Where the PagerDuty account lives. Default: us.</summary>
    public required PagerDutyRegion PagerDuty { get; init; }

    /// <summary>Where docs/runbooks is published. Default: the specification's wiki.</summary>
    public required Uri RunbooksUrl { get; init; }

    /// <summary>When P1 pages. Default: Monday to Friday, 9 to 18 in New York.</summary>
    public required WorkingHours Hours { get; init; }

    /// <summary>PagerDuty ids of who is on call, by part of the world; only for the documents that `akidb alerts` writes.</summary>
    public required OnCallRota OnCall { get; init; }

    internal static AlertingSettings Read(SettingsReader reader)
    {
        var hours = reader.Section("workingHours");
        var people = reader.Section("onCall");
        var (from, until) = (Time(hours, "from", WorkingHours.Default.From), Time(hours, "until", WorkingHours.Default.Until));
        if (from >= until)
            hours.Problem("until", until.ToString("HH:mm", CultureInfo.InvariantCulture), $"a time later than from ({from:HH:mm})", "'18:00'");
        var url = reader.OptionalText("runbooksUrl", IsHttps, "an HTTPS address", DefaultRunbooks);
        var settings = new AlertingSettings
        {
            Notify = reader.Choice("notify", NotificationLevel.None),
            PagerDuty = reader.Choice("pagerDuty", PagerDutyRegion.Us),
            RunbooksUrl = new Uri(url is not null && IsHttps(url) ? url : DefaultRunbooks),
            Hours = new WorkingHours
            {
                From = from,
                Until = until,
                TimeZone = hours.OptionalText("timeZone", zone => TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _), "an IANA time zone", "Europe/Berlin")
                    ?? WorkingHours.Default.TimeZone,
            },
            OnCall = new OnCallRota { Asia = People(people, "asia"), Europe = People(people, "europe"), Americas = People(people, "americas") },
        };
        hours.RefuseUnknownKeys();
        people.RefuseUnknownKeys();
        reader.RefuseUnknownKeys();
        return settings;
    }

    private static ImmutableArray<string> People(SettingsReader reader, string part) =>
        reader.Texts(part, id => id.Length is >= 7 and <= 14 && id.All(char.IsAsciiLetterOrDigit) && id[0] == 'P', "PagerDuty's ids of users", "PAKI001");

    private static TimeOnly Time(SettingsReader reader, string key, TimeOnly otherwise) =>
        reader.OptionalText(key, text => TryTime(text, out _), "a time of day, in quotes", "'09:00'") is { } text && TryTime(text, out var time) ? time : otherwise;

    private static bool TryTime(string text, out TimeOnly time) =>
        TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out time);

    private static bool IsHttps(string text) => Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme == "https";
}
