using System.Collections.Immutable;

namespace AkiDb.Infra.Components.Observability.Alerting;

/// <summary>When a P1 pages instead of waiting as a ticket.</summary>
public sealed record WorkingHours
{
    /// <summary>Monday to Friday, 9 to 18 in New York (specification W15).</summary>
    public static WorkingHours Default { get; } = new();

    /// <summary>Days of the week. Default: Monday to Friday.</summary>
    public ImmutableArray<DayOfWeek> Days { get; init; } =
        [DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday];

    /// <summary>First minute. Default: 9:00.</summary>
    public TimeOnly From { get; init; } = new(9, 0);

    /// <summary>First minute that is outside again; later than <see cref="From"/>. Default: 18:00.</summary>
    public TimeOnly Until { get; init; } = new(18, 0);

    /// <summary>IANA time zone, summer time included. Default: America/New_York.</summary>
    public string TimeZone { get; init; } = "America/New_York";

    /// <summary>Whether a moment is within, as Alertmanager decides it.</summary>
    public bool Contains(DateTimeOffset moment)
    {
        var local = TimeZoneInfo.ConvertTime(moment, TimeZoneInfo.FindSystemTimeZoneById(TimeZone));
        var time = TimeOnly.FromTimeSpan(local.TimeOfDay);
        return Days.Contains(local.DayOfWeek) && time >= From && time < Until;
    }

    internal Dictionary<string, object> ToInterval() => new()
    {
        ["weekdays"] = Days.Select(day => day.ToString().ToLowerInvariant()).ToArray(),
        ["times"] = new[] { new Dictionary<string, string> { ["start_time"] = Clock(From), ["end_time"] = Clock(Until) } },
        ["location"] = TimeZone,
    };

    private static string Clock(TimeOnly time) => time.ToString("HH:mm", System.Globalization.CultureInfo.InvariantCulture);
}
