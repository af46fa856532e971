using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using AkiDb.Infra.Components.Observability.Rules;

namespace AkiDb.Infra.Tests.Observability;

/// <summary>One unit test of Prometheus' own kind: series in, and the alerts of one name that must fire, or none.</summary>
/// <param name="Alert">The alert that is judged.</param>
/// <param name="Scenario">What happens, in a few words.</param>
/// <param name="At">When it is judged, after the start.</param>
internal sealed record RuleCase(string Alert, string Scenario, TimeSpan At)
{
    /// <summary>Series in promtool's notation, e.g. <c>0+60x30</c>: from 0, 60 more each interval, 30 times.</summary>
    public required ImmutableArray<(string Series, string Values)> Input { get; init; }

    /// <summary>Between two samples, and between two evaluations.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Labels of each alert that must fire, without those that its rule always adds. Empty: it stays quiet.</summary>
    public ImmutableArray<string> Firing { get; init; } = [];

    /// <summary>Stories within the input that must stay quiet beside what fires. A case where nothing fires is one by itself.</summary>
    public int QuietScenarios { get; init; }

    public bool Fires => !Firing.IsEmpty;

    public bool StaysQuiet => Firing.IsEmpty || QuietScenarios > 0;

    public override string ToString() => $"{Alert}: {Scenario}";

    /// <summary>The file that <c>promtool test rules</c> reads.</summary>
    public string File(string rules) => JsonSerializer.Serialize(new
    {
        rule_files = new[] { rules },
        evaluation_interval = PromQl.Duration(Interval),
        tests = new[]
        {
            new
            {
                interval = PromQl.Duration(Interval),
                input_series = Input.Select(input => new { series = input.Series, values = input.Values }),
                alert_rule_test = new[]
                {
                    new { eval_time = PromQl.Duration(At), alertname = Alert, exp_alerts = Firing.Select(labels => new { exp_labels = Labels(labels) }) },
                },
            },
        },
    });

    private Dictionary<string, string> Labels(string text)
    {
        var labels = text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]);
        // Several rules of one name differ in the objective that they speak of.
        var rule = AlertCatalogue.Alerts.First(rule => rule.Name == Alert && rule.Labels.All(label => labels.GetValueOrDefault(label.Key, label.Value) == label.Value));
        foreach (var (label, value) in rule.AllLabels)
            labels.TryAdd(label, value);
        return labels;
    }

    /// <summary>A counter that grows by so much a second.</summary>
    public static string Counter(double perSecond, int steps, TimeSpan? interval = null, double from = 0) =>
        string.Create(CultureInfo.InvariantCulture, $"{from}+{perSecond * (interval ?? TimeSpan.FromMinutes(1)).TotalSeconds}x{steps}");

    /// <summary>A gauge that stays.</summary>
    public static string Gauge(double value, int steps) => string.Create(CultureInfo.InvariantCulture, $"{value}+0x{steps}");
}
