using System.Collections.Immutable;
using System.Text.Json;
using AkiDb.Infra.Components.Observability.Rules;

namespace AkiDb.Infra.Components.Observability.Alerting;

/// <summary>What alertmanager.yaml says: who is told of which alert, when, together with what, and what says nothing new.</summary>
public sealed record AlertmanagerConfiguration
{
    /// <summary>Receiver that tells nobody.</summary>
    public const string Nobody = "nobody";

    /// <summary>Receiver that wakes somebody.</summary>
    public const string Pages = "pages";

    /// <summary>Receiver that pages in working hours.</summary>
    public const string WorkingHoursPages = "working-hours-pages";

    /// <summary>Receiver that files tickets.</summary>
    public const string Tickets = "tickets";

    private const string Interval = "working-hours";

    // Alerts that come with kube-prometheus-stack have severities of their own; its Watchdog always fires, on purpose.
    private const string P1 = "severity=~\"P1|critical\"";
    private const string Chatter = "severity=~\"none|info\"";

    /// <summary>Where events go.</summary>
    public required Uri EventsUrl { get; init; }

    /// <summary>The top of the routes.</summary>
    public required Route Root { get; init; }

    /// <summary>Receivers besides <see cref="Nobody"/>.</summary>
    public required ImmutableArray<PagerDutyReceiver> Receivers { get; init; }

    /// <summary>What explains what.</summary>
    public required ImmutableArray<InhibitionRule> Inhibitions { get; init; }

    /// <summary>When P1 pages.</summary>
    public required WorkingHours Hours { get; init; }

    /// <summary>Where runbooks are asked for: the topic's ARN and its region; null where none runs.</summary>
    public (string TopicArn, string Region)? RunbookTopic { get; init; }

    /// <summary>The same, which also asks runbooks to act.</summary>
    /// <param name="topicArn">ARN of the region's runbook topic.</param>
    /// <param name="region">Its region.</param>
    public AlertmanagerConfiguration WithRunbooks(string topicArn, string region) => this with
    {
        RunbookTopic = (topicArn, region),
        // First, and each lets the alert go on: the runbook and the person are told. The last route is the root's own receiver, which
        // an alert reaches only if no route below it took the alert.
        Root = Root with { Routes = [.. RunbookReceiver.All.Select(receiver => receiver.Route), .. Root.Routes, new Route { Receiver = Root.Receiver }] },
    };

    /// <summary>The configuration of an environment.</summary>
    /// <param name="level">How far alerts reach.</param>
    /// <param name="hours">When P1 pages.</param>
    /// <param name="region">Where the PagerDuty account lives.</param>
    public static AlertmanagerConfiguration For(NotificationLevel level, WorkingHours hours, PagerDutyRegion region) => new()
    {
        EventsUrl = new Uri(region == PagerDutyRegion.Eu ? "https://events.eu.pagerduty.com/v2/enqueue" : "https://events.pagerduty.com/v2/enqueue"),
        Root = level switch
        {
            NotificationLevel.Pages => WithPages(),
            NotificationLevel.Tickets => ToTickets() with { Routes = [Silent()] },
            _ => ToTickets() with { Receiver = Nobody },
        },
        Receivers = level switch
        {
            NotificationLevel.Pages =>
            [
                new PagerDutyReceiver(Pages, Key(PagingKeys.Pages), "critical"),
                new PagerDutyReceiver(WorkingHoursPages, Key(PagingKeys.WorkingHours), "error"),
                new PagerDutyReceiver(Tickets, Key(PagingKeys.Tickets), "warning"),
            ],
            NotificationLevel.Tickets => [new PagerDutyReceiver(Tickets, Key(PagingKeys.Tickets), "warning")],
            _ => [],
        },
        Inhibitions = InhibitionRule.Of(AlertCatalogue.Alerts),
        Hours = hours,
    };

    /// <summary>The file (JSON, which is YAML too).</summary>
    public string File() => JsonSerializer.Serialize(new Dictionary<string, object>
    {
        ["global"] = new Dictionary<string, object> { ["pagerduty_url"] = EventsUrl.ToString() },
        ["route"] = Root.ToConfig(),
        ["receivers"] = Receivers.Select(receiver => receiver.ToConfig()).Prepend(new Dictionary<string, object> { ["name"] = Nobody })
            .Concat(RunbookTopic is { } topic ? RunbookReceiver.All.Select(receiver => receiver.ToConfig(topic.TopicArn, topic.Region)) : []).ToArray(),
        ["inhibit_rules"] = Inhibitions.Select(rule => rule.ToConfig()).ToArray(),
        ["time_intervals"] = new[] { new Dictionary<string, object> { ["name"] = Interval, ["time_intervals"] = new[] { Hours.ToInterval() } } },
    }, JsonText.Indented);

    // Waits and repeats as W15 has them. An incident is an area of a region: whatever else happens there joins it, under the same
    // deduplication key, so that a cascade of spot interruptions or a storm of cold starts is one page.
    private static Route WithPages() => ToTickets() with
    {
        Routes =
        [
            Silent(),
            new Route
            {
                Receiver = Pages,
                Matchers = ["severity=\"P0\""],
                GroupWait = TimeSpan.FromSeconds(10),
                GroupInterval = TimeSpan.FromMinutes(1),
                RepeatInterval = TimeSpan.FromMinutes(15),
            },
            // Two routes for P1, and both take it: inside working hours the first speaks, outside the second. With one route and
            // an interval alone, an alert at night would be silence (aws-eks-edge-facts §5.4).
            new Route
            {
                Receiver = WorkingHoursPages,
                Matchers = [P1],
                GroupWait = TimeSpan.FromSeconds(30),
                RepeatInterval = TimeSpan.FromHours(1),
                ActiveWithin = Interval,
                Continue = true,
            },
            new Route { Receiver = Tickets, Matchers = [P1], MutedWithin = Interval },
        ],
    };

    private static Route ToTickets() => new()
    {
        Receiver = Tickets,
        GroupBy = [AlertRule.AreaLabel, "cluster", "region"],
        GroupWait = TimeSpan.FromMinutes(5),
        GroupInterval = TimeSpan.FromMinutes(5),
        RepeatInterval = TimeSpan.FromHours(24),
    };

    private static Route Silent() => new() { Receiver = Nobody, Matchers = [Chatter] };

    private static string Key(string name) => $"{PagingKeys.Folder}/{name}";
}
