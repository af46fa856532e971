using System.Collections.Immutable;
using AkiDb.Infra.Components.Observability.Rules;

namespace AkiDb.Infra.Components.Observability.Alerting;

/// <summary>Where alerts go, and how long Alertmanager waits for others to go with them.</summary>
public sealed record Route
{
    /// <summary>Name of a receiver.</summary>
    public required string Receiver { get; init; }

    /// <summary>Which alerts, as Alertmanager's matchers, all of which must hold; empty for all.</summary>
    public ImmutableArray<string> Matchers { get; init; } = [];

    /// <summary>Alerts that agree in these labels are one notification. Null: as above.</summary>
    public ImmutableArray<string>? GroupBy { get; init; }

    /// <summary>From a group's first alert to its first notification. Null: as above.</summary>
    public TimeSpan? GroupWait { get; init; }

    /// <summary>From a notification to one about what joined or left the group since. Null: as above.</summary>
    public TimeSpan? GroupInterval { get; init; }

    /// <summary>From a notification to the same one again. Null: as above.</summary>
    public TimeSpan? RepeatInterval { get; init; }

    /// <summary>Notifies only within this time interval. The alert still counts as taken: see <see cref="Continue"/>.</summary>
    public string? ActiveWithin { get; init; }

    /// <summary>Notifies only outside this time interval.</summary>
    public string? MutedWithin { get; init; }

    /// <summary>Let the routes below have the alert too. Default: the first that fits takes it.</summary>
    public bool Continue { get; init; }

    /// <summary>Routes below, first fit first.</summary>
    public ImmutableArray<Route> Routes { get; init; } = [];

    /// <summary>The same with every wait multiplied, at least a millisecond: how a drill lets a week pass in minutes.</summary>
    public Route Scaled(double factor) => this with
    {
        GroupWait = Scaled(GroupWait, factor),
        GroupInterval = Scaled(GroupInterval, factor),
        RepeatInterval = Scaled(RepeatInterval, factor),
        Routes = [.. Routes.Select(route => route.Scaled(factor))],
    };

    internal Dictionary<string, object> ToConfig()
    {
        var config = new Dictionary<string, object> { ["receiver"] = Receiver };
        if (!Matchers.IsEmpty)
            config["matchers"] = Matchers.ToArray();
        if (GroupBy is { } labels)
            config["group_by"] = labels.ToArray();
        Add("group_wait", GroupWait);
        Add("group_interval", GroupInterval);
        Add("repeat_interval", RepeatInterval);
        if (ActiveWithin is not null)
            config["active_time_intervals"] = new[] { ActiveWithin };
        if (MutedWithin is not null)
            config["mute_time_intervals"] = new[] { MutedWithin };
        if (Continue)
            config["continue"] = true;
        if (!Routes.IsEmpty)
            config["routes"] = Routes.Select(route => route.ToConfig()).ToArray();
        return config;

        void Add(string key, TimeSpan? time)
        {
            if (time is { } given)
                config[key] = PromQl.Duration(given);
        }
    }

    private static TimeSpan? Scaled(TimeSpan? time, double factor) =>
        time is { } given ? TimeSpan.FromMilliseconds(Math.Max(1, Math.Round(given.TotalMilliseconds * factor))) : null;
}
