using AkiDb.TestKit.Alerting;

namespace AkiDb.Integration.Tests.Alerting;

/// <summary>A week of 100 alerts through a real Alertmanager: few pages, and no incident missed.</summary>
public sealed class WeekDrillTests
{
    // Two thousand times faster than life, quiet hours left out: half a minute. `akidb bench alerts` lets the whole week pass
    // at a thousand times, ten minutes.
    private const double Speed = 2_000;

    // Alertmanager's own work is not divided by the speed: a turn of its loop and one request, on a machine that does other things.
    private static readonly TimeSpan Work = TimeSpan.FromSeconds(2);

    [Fact]
    public async Task Week_OfAHundredAlerts_PagesFewerThanTenTimesAndForEveryIncident()
    {
        var week = new AlertWeek();
        week.Alerts.Should().HaveCount(100);
        var report = await new WeekDrill(week, Speed, skipsQuiet: true).RunAsync(CancellationToken.None);

        report.Refused.Should().BeEmpty("every event is as Events v2 wants it");
        report.PageCount.Should().BeLessThan(10, string.Join("; ", report.Events.Where(page => page.OpensIncident && page.Service != "tickets").Select(page => $"{page.Service} {page.Summary}")));
        report.TicketCount.Should().BeGreaterThan(5, "what wakes nobody is not lost");
        foreach (var (incident, page) in report.Pages)
        {
            page.Should().NotBeNull($"somebody is paged for the {incident}");
            page!.Value.Wait.Should().BeLessThan(page.Value.Allowed + Work, $"the {incident} is paged with its group's first notification");
        }
    }
}
