using AkiDb.Contracts;
using AkiDb.Infra.Components.Observability.Alerting;
using AkiDb.Infra.Components.Observability.Rules;
using AkiDb.TestKit;

namespace AkiDb.Infra.Tests.Observability;

/// <summary>Alertmanager's configuration as its own tool judges it.</summary>
public sealed class AmtoolTests : IClassFixture<RuleFiles>
{
    private readonly RuleFiles _files;

    public AmtoolTests(RuleFiles files) => _files = files;

    public static TheoryData<NotificationLevel> Levels => [.. Enum.GetValues<NotificationLevel>()];

    public static TheoryData<string> AlertNamesOfTheCatalogue => [.. AlertCatalogue.Alerts.Select(alert => alert.Name).Distinct()];

    [Theory]
    [MemberData(nameof(Levels))]
    public async Task Configuration_IsWhatAlertmanagerReads(NotificationLevel level)
    {
        foreach (var region in Enum.GetValues<PagerDutyRegion>())
        {
            var check = await ToolRun.OfAsync("amtool", "check-config", Write(level, region));

            check.ExitCode.Should().Be(0, check.Output);
            check.Output.Should().Contain("SUCCESS").And.Contain("inhibit rules");
        }
    }

    [Theory]
    [MemberData(nameof(AlertNamesOfTheCatalogue))]
    public async Task Routes_EachSeverityOfAnAlert_EndsWhereItShould(string alert)
    {
        var file = Write(NotificationLevel.Pages, PagerDutyRegion.Us);
        foreach (var (severity, receivers) in new[] { ("P0", "pages"), ("P1", "working-hours-pages,tickets"), ("P2", "tickets") })
            await ExpectAsync(file, receivers, $"alertname={alert}", $"severity={severity}", "region=us-east-1", "area=traffic");
    }

    [Fact]
    public async Task Routes_WithRunbooks_AskTheRunbookAndStillTellPeople()
    {
        var file = _files.Write(AlertmanagerConfiguration.For(NotificationLevel.Pages, WorkingHours.Default, PagerDutyRegion.Us)
            .WithRunbooks("arn:aws:sns:us-east-1:111122223333:akidb-test-runbooks", "us-east-1").File());

        var check = await ToolRun.OfAsync("amtool", "check-config", file);
        check.ExitCode.Should().Be(0, check.Output);
        foreach (var receiver in RunbookReceiver.All)
        {
            AlertCatalogue.Alerts.Should().Contain(alert => alert.Name == receiver.Alert, "a runbook that no alert asks for never runs");
            await ExpectAsync(file, $"runbook-{receiver.Runbook},tickets", $"alertname={receiver.Alert}", "severity=P2");
        }

        RunbookReceiver.All.Select(receiver => receiver.Runbook).Append(RunbookNames.EdgeColdStarts).Should().BeEquivalentTo(RunbookNames.All);
        await ExpectAsync(file, "pages", "alertname=RegionDown", "severity=P0");
    }

    [Theory]
    // What comes with kube-prometheus-stack has severities of its own.
    [InlineData("critical", "working-hours-pages,tickets")]
    [InlineData("warning", "tickets")]
    [InlineData("info", "nobody")]
    [InlineData("none", "nobody")]
    public async Task Routes_AlertsOfTheChart_EndWhereTheirSeveritySays(string severity, string receivers) =>
        await ExpectAsync(Write(NotificationLevel.Pages, PagerDutyRegion.Us), receivers, "alertname=KubePodCrashLooping", $"severity={severity}");

    [Theory]
    [InlineData(NotificationLevel.Tickets, "P0", "tickets")]
    [InlineData(NotificationLevel.Tickets, "none", "nobody")]
    [InlineData(NotificationLevel.None, "P0", "nobody")]
    public async Task Routes_OfAnEnvironmentWithoutOnCall_WakeNobody(NotificationLevel level, string severity, string receivers) =>
        await ExpectAsync(Write(level, PagerDutyRegion.Us), receivers, "alertname=RegionDown", $"severity={severity}");

    [Fact]
    public async Task Configuration_WithAFieldThatTheSpecificationInvented_IsRefused()
    {
        // W15's "time_intervals" under a route: the test above would prove nothing if amtool let it pass.
        var file = File.ReadAllText(Write(NotificationLevel.Pages, PagerDutyRegion.Us)).Replace("active_time_intervals", "time_intervals", StringComparison.Ordinal);
        var check = await ToolRun.OfAsync("amtool", "check-config", _files.Write(file));

        check.ExitCode.Should().NotBe(0);
        check.Output.Should().Contain("time_intervals");
    }

    [Fact]
    public void Configuration_NamesKeyFilesAndHoldsNoKey()
    {
        var file = File.ReadAllText(Write(NotificationLevel.Pages, PagerDutyRegion.Us));

        file.Should().Contain("\"routing_key_file\": \"/etc/alertmanager/secrets/akidb-pagerduty/p0\"").And.NotContain("\"routing_key\"").And.NotContain("service_key");
    }

    [Fact]
    public void Inhibitions_ARegionThatIsDown_SilencesEverySymptomAndNotTheAlarmsAboutTheWatching()
    {
        var rules = AlertmanagerConfiguration.For(NotificationLevel.Pages, WorkingHours.Default, PagerDutyRegion.Us).Inhibitions;

        var down = rules.Single(rule => rule.Source == AlertNames.RegionDown);
        down.Targets.Should().Contain(["LatencyHigh", "ErrorRateHigh", "TrafficDropped", "ErrorBudgetFastBurn", "BackendEmpty"])
            .And.NotContain(["RegionDown", "PagesNotDelivered", "PagingKeysNotCopied"]);
        down.Equal.Should().Equal("cluster", "region");
        rules.Single(rule => rule.Source == "ErrorBudgetFastBurn").Equal.Should().Contain("slo");
        rules.Should().OnlyContain(rule => !rule.Targets.Contains(rule.Source));
    }

    [Theory]
    // New York: UTC-5 in winter, UTC-4 in summer.
    [InlineData("2026-01-05T13:59:59Z", false)]
    [InlineData("2026-01-05T14:00:00Z", true)]
    [InlineData("2026-01-05T22:59:59Z", true)]
    [InlineData("2026-01-05T23:00:00Z", false)]
    [InlineData("2026-07-06T13:00:00Z", true)]
    [InlineData("2026-07-06T22:00:00Z", false)]
    [InlineData("2026-01-03T15:00:00Z", false)]
    [InlineData("2026-01-04T15:00:00Z", false)]
    // Monday in Tokyo is Sunday in New York.
    [InlineData("2026-01-05T01:00:00Z", false)]
    public void WorkingHours_AMoment_IsWithinOrNot(string moment, bool expected) =>
        WorkingHours.Default.Contains(DateTimeOffset.Parse(moment, System.Globalization.CultureInfo.InvariantCulture)).Should().Be(expected);

    [Fact]
    public void Route_Scaled_DividesEveryWaitAndKeepsTheRest()
    {
        var root = AlertmanagerConfiguration.For(NotificationLevel.Pages, WorkingHours.Default, PagerDutyRegion.Us).Root;
        var scaled = root.Scaled(0.001);

        (scaled.GroupWait, scaled.RepeatInterval).Should().Be((TimeSpan.FromMilliseconds(300), TimeSpan.FromSeconds(86.4)));
        scaled.Routes.Select(route => (route.Receiver, route.GroupWait)).Should().Equal(
            ("nobody", null), ("pages", TimeSpan.FromMilliseconds(10)), ("working-hours-pages", TimeSpan.FromMilliseconds(30)), ("tickets", null));
    }

    private static async Task ExpectAsync(string file, string receivers, params string[] labels)
    {
        var test = await ToolRun.OfAsync("amtool", ["config", "routes", "test", $"--config.file={file}", $"--verify.receivers={receivers}", .. labels]);

        test.ExitCode.Should().Be(0, $"{string.Join(' ', labels)}: {test.Output}");
        test.Output.Split('\n')[0].Should().Be(receivers);
    }

    private string Write(NotificationLevel level, PagerDutyRegion region) =>
        _files.Write(AlertmanagerConfiguration.For(level, WorkingHours.Default, region).File());
}
