using System.Collections.Immutable;
using AkiDb.Infra.Components.Observability.Objectives;
using AkiDb.Infra.Components.Observability.Rules;

namespace AkiDb.TestKit.Alerting;

/// <summary>
/// A week of 100 alerts: the three incidents that specification W15 tells of, with everything that would fire beside them, and
/// noise. Noise is what flaps: single alerts of capacity, prediction and latency's season, five tickets to one P1, at any hour,
/// in any region. Budgets do not burn and the watching does not fail without a reason, so neither is noise.
/// </summary>
public sealed class AlertWeek
{
    public const string SpotCascade = "spot interruption cascade";
    public const string ColdStarts = "cold start storm";
    public const string PhantomPeak = "forecast of a peak that never came";

    private const int Count = 100;

    /// <summary>The seed of W15's week.</summary>
    public const int Seed = 15;

    private static readonly string[] Regions = ["us-east-1", "eu-central-1", "ap-northeast-1"];

    /// <summary>The week of <paramref name="seed"/>.</summary>
    public AlertWeek(int seed = Seed)
    {
        List<SyntheticAlert> incidents = [.. Cascade(), .. Storm(), .. Phantom()];
        Alerts = [.. incidents.Concat(Noise(new Random(seed), Count - incidents.Count)).OrderBy(alert => alert.Start)];
    }

    /// <summary>All alerts, by start.</summary>
    public ImmutableArray<SyntheticAlert> Alerts { get; }

    /// <summary>The incidents that somebody must be paged for.</summary>
    public static ImmutableArray<string> Incidents { get; } = [SpotCascade, ColdStarts, PhantomPeak];

    // Thursday morning in New York, two hours: 200 % too many replicas. W15's third incident.
    private static IEnumerable<SyntheticAlert> Phantom() => Incident(PhantomPeak, "us-east-1", At(3, 15, 0),
    [
        ("ForecastFalsePositive", 0, 120, ["autoscaler"]),
        ("ForecastErrorHigh", 30, 90, ["model"]),
        ("NodePoolNearLimit", 10, 100, ["akidb-spot cpu", "akidb-on-demand cpu"]),
        ("PodsPending", 12, 8, ["akidb"]),
    ]);

    // Friday noon in Frankfurt, a quarter of an hour: P95 from 45 ms to 4.5 s. W15's second. What the edge itself says goes by
    // CloudWatch; this is what its clusters see of it.
    private static IEnumerable<SyntheticAlert> Storm() => Incident(ColdStarts, "eu-central-1", At(4, 11, 0),
    [
        ("ErrorBudgetFastBurn", 0, 20, ["latency"]),
        ("LatencyHigh", 4, 14, ["p95"]),
        ("LatencyAnomalySevere", 5, 12, ["p95"]),
        ("LatencyAnomaly", 6, 15, ["p95"]),
        ("ErrorBudgetMediumBurn", 8, 60, ["latency"]),
    ]);

    // Saturday night, eight minutes of 5 % errors after three spot nodes went at once. W15's first.
    private static IEnumerable<SyntheticAlert> Cascade() => Incident(SpotCascade, "us-east-1", At(5, 3, 0),
    [
        ("SpotInterruptionCascade", 0, 12, ["spot"]),
        ("ErrorRateHigh", 2, 8, ["5xx"]),
        ("ErrorBudgetFastBurn", 3, 15, ["availability", "errors"]),
        ("BackendEmpty", 1, 9, ["spot"]),
        ("BackendSaturated", 2, 9, ["on-demand"]),
        ("NodeCpuSaturated", 3, 9, ["10.16.1.4", "10.16.1.5", "10.16.1.6"]),
        ("LatencyHigh", 5, 6, ["p95"]),
        ("PodsPending", 10, 3, ["akidb"]),
        ("SpotInterruptionRateHigh", 5, 55, ["spot"]),
        ("ErrorBudgetMediumBurn", 6, 60, ["availability"]),
    ]);

    private static IEnumerable<SyntheticAlert> Incident(string name, string region, TimeSpan start, (string Alert, int Minute, int Minutes, string[] Parts)[] alerts) =>
        alerts.SelectMany(alert => alert.Parts.Select(part => new SyntheticAlert(
            Rule(alert.Alert, part), region, start + TimeSpan.FromMinutes(alert.Minute), TimeSpan.FromMinutes(alert.Minutes), name, part)));

    private static IEnumerable<SyntheticAlert> Noise(Random random, int count)
    {
        var rules = AlertCatalogue.Alerts
            .Where(rule => rule.Severity != AlertSeverity.P0 && rule.Area != AlertArea.Monitoring && !rule.Labels.ContainsKey(ServiceObjective.Label))
            .ToLookup(rule => rule.Severity == AlertSeverity.P1);
        for (var index = 0; index < count; index++)
        {
            var choice = rules[random.Next(6) == 0].ToList();
            yield return new SyntheticAlert(
                choice[random.Next(choice.Count)],
                Regions[random.Next(Regions.Length)],
                TimeSpan.FromSeconds(random.Next(7 * 24 * 3600 - 1800)),
                TimeSpan.FromSeconds(random.Next(120, 1500)),
                null, $"noise-{index}");
        }
    }

    // One rule a name, or the one of the objective that the part names.
    private static AlertRule Rule(string name, string part) =>
        AlertCatalogue.Alerts.FirstOrDefault(rule => rule.Name == name && rule.Labels.GetValueOrDefault("slo") == part)
        ?? AlertCatalogue.Alerts.First(rule => rule.Name == name);

    private static TimeSpan At(int day, int hour, int minute) => new(day, hour, minute, 0);
}
