using System.Collections.Immutable;
using System.Text.Json;

namespace AkiDb.Infra.Components.Observability.Alerting;

/// <summary>
/// The bodies of the requests that set PagerDuty up: POST /schedules, /escalation_policies and /services of its REST API v2
/// (PagerDuty/api-schema, reference/REST/openapiv3.json, read 2026-11). PagerDuty has no Pulumi provider on this project's list, so
/// `akidb alerts` writes these and docs/alerting.md says in which order to send them.
/// </summary>
public static class OnCallDocuments
{
    private const int Week = 7 * 24 * 3_600;
    private const int Shift = 8 * 3_600;

    // A page that was acknowledged and forgotten rings again after half an hour. One whose alert ended while its route was muted
    // (a P1 that outlived the working day) closes by itself after four hours: PagerDuty's own defaults.
    private const int RingAgainSeconds = 1_800;
    private const int CloseSeconds = 14_400;

    // The bars are detection in 5 and repair in 15 minutes (specification W15): who does not answer in 5 is passed over.
    private const int EscalateMinutes = 5;

    // Any Monday in the past; turns are counted from it.
    private const string FirstTurn = "2026-01-05T00:00:00Z";

    /// <summary>Documents by file name. Ids that PagerDuty gives stand as <c>{NAME_ID}</c>.</summary>
    /// <param name="environment">E.g. <c>akidb-prod</c>.</param>
    /// <param name="rota">Who.</param>
    /// <exception cref="ArgumentException">A part of the day has nobody.</exception>
    public static ImmutableSortedDictionary<string, string> For(string environment, OnCallRota rota)
    {
        (string Name, ImmutableArray<string> People, int Start)[] shifts = [("asia", rota.Asia, 0), ("europe", rota.Europe, 8), ("americas", rota.Americas, 16)];
        if (shifts.FirstOrDefault(shift => shift.People.IsEmpty) is { Name: { } empty })
            throw new ArgumentException($"onCall: nobody is on call in '{empty}'; allowed: one PagerDuty user or more in each of asia, europe and americas.", nameof(rota));
        return ImmutableSortedDictionary<string, string>.Empty
            .Add("1-schedule.json", Json(new { schedule = Schedule(environment, shifts) }))
            .Add("2-escalation-policy.json", Json(new { escalation_policy = Policy(environment, shifts) }))
            .Add("3-service-p0.json", Json(new { service = Service($"{environment}: pages", "high", "Wakes whoever is on call, at every hour") }))
            .Add("4-service-p1.json", Json(new { service = Service($"{environment}: working hours", "high", "Pages in working hours; outside them the same alerts are tickets") }))
            .Add("5-service-tickets.json", Json(new { service = Service($"{environment}: tickets", "low", "Wakes nobody; read in the morning") }));
    }

    private static object Schedule(string environment, (string Name, ImmutableArray<string> People, int Start)[] shifts) => new
    {
        type = "schedule",
        name = $"{environment} on call",
        time_zone = "UTC",
        description = "Each part of the world takes the eight hours that are its day; turns are weekly",
        schedule_layers = shifts.Select(shift => new
        {
            name = shift.Name,
            start = FirstTurn,
            rotation_virtual_start = FirstTurn,
            rotation_turn_length_seconds = Week,
            users = shift.People.Select(id => new { user = new { id, type = "user_reference" } }),
            restrictions = new[] { new { type = "daily_restriction", start_time_of_day = $"{shift.Start:00}:00:00", duration_seconds = Shift } },
        }),
    };

    // First whoever's day it is, then everybody: at night one of three parts of the world is awake.
    private static object Policy(string environment, (string Name, ImmutableArray<string> People, int Start)[] shifts) => new
    {
        type = "escalation_policy",
        name = $"{environment} escalation",
        num_loops = 2,
        on_call_handoff_notifications = "if_has_services",
        escalation_rules = new object[]
        {
            new { escalation_delay_in_minutes = EscalateMinutes, targets = new[] { new { id = "{SCHEDULE_ID}", type = "schedule_reference" } } },
            new
            {
                escalation_delay_in_minutes = 2 * EscalateMinutes,
                targets = shifts.SelectMany(shift => shift.People).Distinct().Select(id => new { id, type = "user_reference" }),
            },
        },
    };

    private static object Service(string name, string urgency, string description) => new
    {
        type = "service",
        name,
        description,
        acknowledgement_timeout = RingAgainSeconds,
        auto_resolve_timeout = CloseSeconds,
        escalation_policy = new { id = "{ESCALATION_POLICY_ID}", type = "escalation_policy_reference" },
        incident_urgency_rule = new { type = "constant", urgency },
        alert_creation = "create_alerts_and_incidents",
    };

    private static string Json(object document) => JsonSerializer.Serialize(document, JsonText.Indented) + "\n";
}
