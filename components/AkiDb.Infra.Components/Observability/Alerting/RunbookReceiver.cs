using System.Collections.Immutable;
using AkiDb.Contracts;

namespace AkiDb.Infra.Components.Observability.Alerting;

/// <summary>Asks a runbook to act, through the region's runbook topic; beside what people are told, never instead of it.</summary>
/// <param name="Runbook">One of <see cref="RunbookNames"/>.</param>
/// <param name="Alert">The alert that asks for it.</param>
public sealed record RunbookReceiver(string Runbook, string Alert)
{
    /// <summary>Which alert asks for which runbook (specification W15, "Runbook Automation"). Nothing in a cluster sees the edge's cold
    /// starts: CloudWatch's alarms ask for that one (<see cref="Runbooks"/>).</summary>
    public static ImmutableArray<RunbookReceiver> All { get; } =
    [
        new(RunbookNames.SpotCascade, "SpotInterruptionCascade"),
        new(RunbookNames.ForecastFalsePositives, "ForecastFalsePositive"),
    ];

    private string Name => $"runbook-{Runbook}";

    // At once, and again only after a quarter of an hour: what a runbook did needs that time to show.
    internal Route Route => new()
    {
        Receiver = Name,
        Matchers = [$"alertname=\"{Alert}\""],
        GroupWait = TimeSpan.FromSeconds(10),
        GroupInterval = TimeSpan.FromMinutes(5),
        RepeatInterval = TimeSpan.FromMinutes(15),
        Continue = true,
    };

    internal Dictionary<string, object> ToConfig(string topicArn, string region) => new()
    {
        ["name"] = Name,
        ["sns_configs"] = new[]
        {
            new Dictionary<string, object>
            {
                ["topic_arn"] = topicArn,
                // Signed with the pod's own role (Pod Identity): no key stands here.
                ["sigv4"] = new Dictionary<string, string> { ["region"] = region },
                ["send_resolved"] = false,
                ["subject"] = Alert,
                ["attributes"] = new Dictionary<string, string> { [RunbookNames.Attribute] = Runbook },
            },
        },
    };
}
