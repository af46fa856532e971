using System.CommandLine;
using System.Globalization;
using AkiDb.TestKit.Alerting;
using Humanizer;

namespace AkiDb.Benchmarks.Alerting;

/// <summary><c>akidb bench alerts</c>: a week of 100 alerts through a real Alertmanager, and what rings.</summary>
internal static class AlertsBench
{
    public static RootCommand Create()
    {
        var speed = new Option<double>("--speed") { Description = "How many times faster than life; 1000 takes ten minutes", DefaultValueFactory = _ => 1_000 };
        var seed = new Option<int>("--seed") { Description = "Of the noise", DefaultValueFactory = _ => AlertWeek.Seed };
        var skip = new Option<bool>("--skip-quiet") { Description = "Jump over hours in which nothing fires" };
        var command = new RootCommand("A week of 100 alerts through a real Alertmanager") { speed, seed, skip };
        command.SetAction((arguments, cancellation) => RunAsync(
            new AlertWeek(arguments.GetValue(seed)), arguments.GetValue(speed), arguments.GetValue(skip), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(AlertWeek week, double speed, bool skipsQuiet, CancellationToken cancellation)
    {
        var report = await new WeekDrill(week, speed, skipsQuiet).RunAsync(cancellation);
        Print($"{week.Alerts.Length} alerts in a week {speed:N0} times faster than life, in {report.Took.Humanize(2, CultureInfo.InvariantCulture)}: {report.PageCount} pages, {report.TicketCount} tickets, {report.Refused.Length} events refused");
        foreach (var page in report.Events.Where(page => page.OpensIncident && page.Service != Infra.Components.Observability.Alerting.PagingKeys.Tickets))
            Print($"  {page.Service}  {page.Summary}");
        foreach (var (incident, page) in report.Pages.OrderBy(page => page.Key, StringComparer.Ordinal))
        {
            if (page is { } found)
                Print($"{incident}: paged after {found.Wait.TotalMilliseconds:0} ms; group_wait is {found.Allowed.TotalMilliseconds:0} ms, the rest is Alertmanager's own time, which no factor divides");
            else
                Print($"{incident}: nobody was paged");
        }

        return report.PageCount < 10 && report.Refused.IsEmpty && report.Pages.Values.All(page => page is not null) ? 0 : 1;
    }

    private static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
