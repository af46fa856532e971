using System.Collections.Immutable;
using AkiDb.Infra.Components.Observability.Alerting;
using AkiDb.Infra.Components.Observability.Rules;
using AkiDb.TestKit.Alerting;

namespace AkiDb.Integration.Tests.Alerting;

/// <summary>Our configuration in a real Alertmanager, waits divided by a hundred.</summary>
public sealed class AlertmanagerTests : IAsyncLifetime
{
    private const double Speed = 100;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    // Longer than a ticket's group_wait of three seconds: what has not come by then does not come.
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(5);

    private readonly ImmutableDictionary<string, string> _keys = AlertmanagerServer.NewKeys();
    private PagerDutyServer _pagerDuty = null!;

    public async Task InitializeAsync() => _pagerDuty = await PagerDutyServer.StartAsync(_keys);

    public async Task DisposeAsync() => await _pagerDuty.DisposeAsync();

    [Fact]
    public async Task P1_InWorkingHours_PagesAndFilesNoTicket()
    {
        await using var alertmanager = await StartAsync(isWorking: true);
        await alertmanager.PostAsync([Alert("LatencyHigh")], isFiring: true);

        var page = await _pagerDuty.NextAsync(_ => true, Patience);
        await Task.Delay(Long);

        (page.Service, page.OpensIncident, page.Summary).Should().Be((PagingKeys.WorkingHours, true, "us-east-1: LatencyHigh"));
        _pagerDuty.Events.Should().OnlyContain(one => one.Service == PagingKeys.WorkingHours);
    }

    [Fact]
    public async Task P1_OutsideWorkingHours_IsATicketAndNoSilence()
    {
        await using var alertmanager = await StartAsync(isWorking: false);
        await alertmanager.PostAsync([Alert("LatencyHigh")], isFiring: true);

        (await _pagerDuty.NextAsync(_ => true, Patience)).Service.Should().Be(PagingKeys.Tickets);
        await Task.Delay(Long);
        _pagerDuty.Events.Should().OnlyContain(one => one.Service == PagingKeys.Tickets);
    }

    [Fact]
    public async Task P1_StillFiringWhenTheDayBegins_Pages()
    {
        await using var alertmanager = await StartAsync(isWorking: false);
        await alertmanager.PostAsync([Alert("LatencyHigh")], isFiring: true);
        await _pagerDuty.NextAsync(one => one.Service == PagingKeys.Tickets, Patience);

        await alertmanager.ReloadAsync(Configuration(isWorking: true));

        (await _pagerDuty.NextAsync(one => one.Service == PagingKeys.WorkingHours, Patience)).OpensIncident.Should().BeTrue();
    }

    [Fact]
    public async Task P0_WithAllItsSymptoms_IsOnePageAndEndsWithThem()
    {
        await using var alertmanager = await StartAsync(isWorking: false);
        PostedAlert[] alerts = [Alert("ErrorRateHigh"), Alert("ErrorBudgetFastBurn", ("slo", "availability")), Alert("ErrorBudgetFastBurn", ("slo", "errors"))];
        await alertmanager.PostAsync(alerts, isFiring: true);

        var page = await _pagerDuty.NextAsync(_ => true, Patience);
        (page.Service, page.Detail("num_firing")).Should().Be((PagingKeys.Pages, "3"));
        page.Payload.GetProperty("severity").GetString().Should().Be("critical");
        page.Payload.GetProperty("source").GetString().Should().Be("akidb-prod-us-east-1");
        page.Detail("runbooks").Should().Contain("ErrorRateHigh.md").And.Contain("ErrorBudgetFastBurn.md");

        await alertmanager.PostAsync(alerts, isFiring: false);
        var end = await _pagerDuty.NextAsync(one => one.Action == "resolve", Patience);
        end.DedupKey.Should().Be(page.DedupKey);
        _pagerDuty.Events.Count(one => one.OpensIncident).Should().Be(1);
    }

    [Fact]
    public async Task RegionDown_SilencesItsSymptomsAndNobodyElses()
    {
        await using var alertmanager = await StartAsync(isWorking: true);
        await alertmanager.PostAsync([Alert(AlertNames.RegionDown)], isFiring: true);
        await alertmanager.PostAsync(
            [Alert("ErrorRateHigh"), Alert("BackendEmpty"), Alert("LatencyHigh"), Alert("LatencyHigh", ("region", "eu-central-1"), ("cluster", "akidb-prod-eu-central-1"))],
            isFiring: true);

        var pages = new[] { await _pagerDuty.NextAsync(one => one.OpensIncident, Patience), await _pagerDuty.NextAsync(one => one.OpensIncident, Patience) };
        await Task.Delay(Long);

        pages.Select(page => (page.Service, page.Summary)).Should().BeEquivalentTo(
            [(PagingKeys.Pages, "us-east-1: RegionDown"), (PagingKeys.WorkingHours, "eu-central-1: LatencyHigh")]);
        _pagerDuty.Events.Count(one => one.OpensIncident).Should().Be(2, "the rest is explained");
    }

    [Fact]
    public async Task SpotCascade_OfManyAlerts_IsOnePage()
    {
        await using var alertmanager = await StartAsync(isWorking: true);
        await alertmanager.PostAsync([Alert(AlertNames.SpotInterruptionCascade)], isFiring: true);
        await alertmanager.PostAsync(
            [
                Alert("SpotInterruptionRateHigh"), Alert("BackendEmpty"), Alert("BackendSaturated"), Alert("PodsPending"),
                .. Enumerable.Range(0, 10).Select(node => Alert("NodeCpuSaturated", ("instance", $"10.16.1.{node}"))),
            ], isFiring: true);

        var page = await _pagerDuty.NextAsync(_ => true, Patience);
        await Task.Delay(Long);

        (page.Service, page.Summary, page.Detail("num_firing")).Should().Be((PagingKeys.WorkingHours, "us-east-1: SpotInterruptionCascade", "1"));
        _pagerDuty.Events.Count(one => one.OpensIncident).Should().Be(1);
    }

    [Fact]
    public async Task Saturation_OfSeveralBackends_IsOnePage()
    {
        await using var alertmanager = await StartAsync(isWorking: true);
        await alertmanager.PostAsync([.. Enumerable.Range(1, 6).Select(index => Alert("BackendSaturated", ("backend", $"spot-{index}")))], isFiring: true);

        var page = await _pagerDuty.NextAsync(_ => true, Patience);
        await Task.Delay(Long);

        page.Summary.Should().Be("us-east-1: BackendSaturated (and more: 6 alerts)");
        _pagerDuty.Events.Count(one => one.OpensIncident).Should().Be(1);
    }

    [Fact]
    public async Task Alert_OfAnotherProgramWithoutTexts_IsStillAnEventThatPagerDutyTakes()
    {
        await using var alertmanager = await StartAsync(isWorking: true);
        var labels = ImmutableDictionary<string, string>.Empty.Add("alertname", "KubePodCrashLooping").Add("severity", "critical");
        await alertmanager.PostAsync([new PostedAlert(labels, ImmutableDictionary<string, string>.Empty)], isFiring: true);

        (await _pagerDuty.NextAsync(_ => true, Patience)).Summary.Should().Be("KubePodCrashLooping");
        _pagerDuty.Refused.Should().BeEmpty();
    }

    [Fact]
    public async Task PagerDuty_TooBusyForAWhile_IsToldAgain()
    {
        await using var alertmanager = await StartAsync(isWorking: true);
        _pagerDuty.Refusals = 2;
        await alertmanager.PostAsync([Alert("ErrorRateHigh")], isFiring: true);

        (await _pagerDuty.NextAsync(_ => true, Patience)).Summary.Should().Be("us-east-1: ErrorRateHigh");
    }

    [Theory]
    [InlineData("""{"routing_key": "short", "event_action": "trigger", "payload": {"summary": "s", "source": "s", "severity": "error"}}""", "routing_key")]
    [InlineData("""{"routing_key": "KEY", "event_action": "page", "payload": {"summary": "s", "source": "s", "severity": "error"}}""", "event_action")]
    [InlineData("""{"routing_key": "KEY", "event_action": "trigger"}""", "payload")]
    [InlineData("""{"routing_key": "KEY", "event_action": "trigger", "payload": {"summary": "", "source": "s", "severity": "error"}}""", "summary")]
    [InlineData("""{"routing_key": "KEY", "event_action": "trigger", "payload": {"summary": "s", "source": "s", "severity": "P0"}}""", "severity")]
    [InlineData("""{"routing_key": "KEY", "event_action": "trigger", "payload": {"summary": "s", "severity": "error"}}""", "source")]
    [InlineData("""{"routing_key": "KEY", "event_action": "resolve"}""", "dedup_key")]
    [InlineData("""{"routing_key": "00000000000000000000000000000000", "event_action": "resolve", "dedup_key": "k"}""", "belongs to no integration")]
    public async Task PagerDuty_ABadEvent_IsRefusedAsTheDocumentationHasIt(string body, string expected)
    {
        using var http = new HttpClient();
        using var content = new StringContent(body.Replace("KEY", _keys[PagingKeys.Pages], StringComparison.Ordinal));
        using var answer = await http.PostAsync(_pagerDuty.Url, content);

        ((int)answer.StatusCode).Should().Be(400);
        (await answer.Content.ReadAsStringAsync()).Should().Contain(expected);
    }

    private Task<AlertmanagerServer> StartAsync(bool isWorking) => AlertmanagerServer.StartAsync(Configuration(isWorking), _pagerDuty, _keys);

    private static AlertmanagerConfiguration Configuration(bool isWorking)
    {
        var configuration = AlertmanagerConfiguration.For(NotificationLevel.Pages, TestHours.Of(isWorking), PagerDutyRegion.Us);
        return configuration with { Root = configuration.Root.Scaled(1 / Speed) };
    }

    private static PostedAlert Alert(string name, params (string Label, string Value)[] labels)
    {
        var rule = AlertCatalogue.Alerts.First(rule => rule.Name == name);
        var posted = new SyntheticAlert(rule, labels.FirstOrDefault(label => label.Label == "region").Value ?? "us-east-1", default, default, null, "")
            .Posted;
        var all = posted.Labels.Remove("instance").SetItems(labels.Select(label => KeyValuePair.Create(label.Label, label.Value)));
        return posted with { Labels = all, Annotations = posted.Annotations.SetItem("summary", $"{all["region"]}: {name}") };
    }
}
