using AkiDb.Infra.Components.Observability.Metrics;
using AkiDb.Infra.Components.Observability.Rules;
using AkiDb.TestKit;

namespace AkiDb.Infra.Tests.Observability;

/// <summary>The rules as Prometheus' own tool judges them: their form, and that each fires when it should and only then.</summary>
public sealed class PromtoolTests : IClassFixture<RuleFiles>
{
    private static readonly Dictionary<string, RuleCase> Cases = ObjectiveCases.All.Concat(SignalCases.All).ToDictionary(test => test.ToString());

    private readonly RuleFiles _files;

    public PromtoolTests(RuleFiles files) => _files = files;

    public static TheoryData<string> CaseNames => [.. Cases.Keys];

    [Fact]
    public async Task Rules_AreWhatPrometheusReads()
    {
        var check = await ToolRun.OfAsync("promtool", "check", "rules", _files.Complete);

        check.ExitCode.Should().Be(0, check.Output);
        check.Output.Should().Contain("SUCCESS").And.Contain($"{RuleCount} rules found");
    }

    [Theory]
    [MemberData(nameof(CaseNames))]
    public async Task Alert_AScenario_FiresOrStaysQuiet(string name)
    {
        var file = _files.Write(Cases[name].File(_files.WithoutTexts));
        var test = await ToolRun.OfAsync("promtool", "test", "rules", file);

        test.ExitCode.Should().Be(0, test.Output);
    }

    [Fact]
    public void EveryAlert_HasACaseWhereItFiresAndOneWhereItStaysQuiet()
    {
        var alerts = AlertCatalogue.Alerts.Select(alert => alert.Name).Distinct().ToList();

        Cases.Values.Where(test => test.Fires).Select(test => test.Alert).Distinct().Should().BeEquivalentTo(alerts, "each fires somewhere");
        Cases.Values.Where(test => test.StaysQuiet).Select(test => test.Alert).Distinct().Should().BeEquivalentTo(alerts, "each is quiet somewhere");
        // One rule an objective: each of them must be seen firing.
        foreach (var rule in AlertCatalogue.Alerts.Where(alert => alert.Labels.ContainsKey("slo")))
        {
            Cases.Values.Should().Contain(test => test.Alert == rule.Name && test.Firing.Any(labels => labels.Contains($"slo={rule.Labels["slo"]}", StringComparison.Ordinal)),
                $"{rule.Name} of {rule.Labels["slo"]} fires somewhere");
        }
    }

    [Fact]
    public async Task Alert_Texts_NameThePlaceTheValueAndTheRunbook()
    {
        const string labels = "{region: us-east-1, severity: P0, area: traffic}";
        var file = _files.Write($$"""
            rule_files: ["{{_files.Complete}}"]
            evaluation_interval: 1m
            tests:
              - interval: 1m
                input_series:
                  - { series: 'http_requests_total{job="akidb-router",region="us-east-1",status="200"}', values: '0+5880x30' }
                  - { series: 'http_requests_total{job="akidb-router",region="us-east-1",status="503"}', values: '0+120x30' }
                alert_rule_test:
                  - eval_time: 8m
                    alertname: ErrorRateHigh
                    exp_alerts:
                      - exp_labels: {{labels}}
                        exp_annotations:
                          summary: 'us-east-1: 2% of requests fail'
                          description: More than one request in a hundred ends in a server error; the promise is one in two thousand.
                          runbook_url: https://wiki.akidb.com/runbooks/ErrorRateHigh.md
                  - eval_time: 29m
                    alertname: ErrorBudgetFastBurn
                    exp_alerts:
                      - exp_labels: { region: us-east-1, severity: P0, area: traffic, slo: availability }
                        exp_annotations:
                          summary: 'us-east-1: the availability budget goes 14.4 times as fast as it may'
                          description: "Promised: 99.95 % of requests end without a server error. Over the last 1h 2% of events broke that; 2 % of thirty days' budget or more went with them. At this rate a full budget lasts 50 hours."
                          runbook_url: https://wiki.akidb.com/runbooks/ErrorBudgetFastBurn.md
                      - exp_labels: { region: us-east-1, severity: P0, area: traffic, slo: errors }
                        exp_annotations:
                          summary: 'us-east-1: the errors budget goes 14.4 times as fast as it may'
                          description: "Promised: less than 0.1 % of requests fail or are turned away. Over the last 1h 2% of events broke that; 2 % of thirty days' budget or more went with them. At this rate a full budget lasts 50 hours."
                          runbook_url: https://wiki.akidb.com/runbooks/ErrorBudgetFastBurn.md
            """);
        var test = await ToolRun.OfAsync("promtool", "test", "rules", file);

        test.ExitCode.Should().Be(0, test.Output);
    }

    [Fact]
    public void Expressions_UseOnlyMetricsThatSomethingExports()
    {
        foreach (var rule in AlertCatalogue.Objectives.Concat(AlertCatalogue.Signals).SelectMany(group => group.Rules))
            MetricNames.In(rule.Expression).Where(name => !MetricNames.IsExported(name)).Should().BeEmpty(rule.Expression);
        MetricSource.All.Should().OnlyContain(source => source.ReadIn.Length > 10 && !source.Metrics.IsEmpty);
    }

    [Fact]
    public void Recorded_NamesOfTheCatalogue_AreAllRecordedAndNoOthers() =>
        AlertCatalogue.Objectives.Concat(AlertCatalogue.Signals).SelectMany(group => group.Rules).OfType<RecordingRule>().Select(rule => rule.Record).Distinct()
            .Should().BeEquivalentTo(MetricSource.All.Single(source => source.Name == "recording rules").Metrics);

    [Fact]
    public void Explanations_NameAlertsThatExistAndNeverTheAlertItself()
    {
        var names = AlertCatalogue.Alerts.Select(alert => alert.Name).ToHashSet();

        foreach (var alert in AlertCatalogue.Alerts)
            alert.ExplainedBy.Where(other => !names.Contains(other) || other == alert.Name).Should().BeEmpty(alert.Name);
    }

    [Fact]
    public void Explanations_NeverSilenceAnAlertThatIsMoreUrgentThanTheirs()
    {
        foreach (var alert in AlertCatalogue.Alerts)
        {
            AlertCatalogue.Alerts.Where(other => alert.ExplainedBy.Contains(other.Name) && other.Severity > alert.Severity)
                .Should().BeEmpty($"a page for {alert.Name} must not wait for a ticket");
        }
    }

    [Fact]
    public void Windows_FollowTheWorkbook_ShortIsATwelfthOfLong()
    {
        foreach (var burn in AkiDb.Infra.Components.Observability.Objectives.BurnRate.Standard)
            burn.ShortWindow.Should().Be(burn.LongWindow / 12, burn.Alert);
    }

    private static int RuleCount => AlertCatalogue.Objectives.Concat(AlertCatalogue.Signals).Sum(group => group.Rules.Length);
}
