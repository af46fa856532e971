using System.Collections.Immutable;
using System.Diagnostics;
using AkiDb.Infra.Components.Observability.Alerting;

namespace AkiDb.TestKit.Alerting;

/// <summary>
/// Lets <see cref="AlertWeek"/> pass through a real Alertmanager, every wait and every alert divided by the same factor, and
/// counts what PagerDuty hears. Working hours cannot be divided, they go by the wall clock: the drill gives Alertmanager a new
/// configuration whenever the week's own clock enters or leaves them, as a change of the Secret would.
/// </summary>
/// <param name="week">The alerts.</param>
/// <param name="speed">How many times faster than life.</param>
/// <param name="skipsQuiet">Jump over hours in which nothing fires and nothing is waiting to be sent.</param>
public sealed class WeekDrill(AlertWeek week, double speed, bool skipsQuiet)
{
    // After an alert's end: the interval in which Alertmanager says so, and once more for one that was just missed.
    private static readonly TimeSpan Settling = TimeSpan.FromMinutes(12);

    private static readonly TimeSpan Week = TimeSpan.FromDays(7);

    // A Monday in winter. Working hours are New York's.
    private static readonly DateTimeOffset Monday = new(2025, 11, 17, 0, 0, 0, TimeSpan.Zero);

    private readonly Stopwatch _clock = new();
    private TimeSpan _skipped;

    private TimeSpan Now => (_clock.Elapsed * speed) + _skipped;

    /// <summary>Runs it.</summary>
    public async Task<WeekReport> RunAsync(CancellationToken cancellation)
    {
        var keys = AlertmanagerServer.NewKeys();
        await using var pagerDuty = await PagerDutyServer.StartAsync(keys, TimeSpan.FromHours(4) / speed);
        await using var alertmanager = await AlertmanagerServer.StartAsync(Configuration(isWorking: false), pagerDuty, keys);
        var sent = new Dictionary<string, DateTimeOffset>();
        _clock.Start();
        foreach (var moment in Moments())
        {
            await WaitAsync(moment.At, moment.IsQuietBefore, cancellation);
            if (moment.IsWorking is { } working)
            {
                await alertmanager.ReloadAsync(Configuration(working));
                continue;
            }

            foreach (var incident in moment.Starting.Select(alert => alert.Incident).OfType<string>())
                sent.TryAdd(incident, TimeProvider.System.GetUtcNow());
            if (!moment.Starting.IsEmpty)
                await alertmanager.PostAsync(moment.Starting.Select(alert => alert.Posted), isFiring: true);
            if (!moment.Ending.IsEmpty)
                await alertmanager.PostAsync(moment.Ending.Select(alert => alert.Posted), isFiring: false);
        }

        await Task.Delay(Settling / speed, cancellation);
        return new WeekReport(speed, _clock.Elapsed, pagerDuty.Events, pagerDuty.Refused,
            AlertWeek.Incidents.ToImmutableDictionary(incident => incident, incident => PageOf(incident, pagerDuty.Events, sent[incident])));
    }

    // The first page whose details name an alert of the incident that can page, from that alert's own start.
    private (TimeSpan Wait, TimeSpan Allowed)? PageOf(string incident, ImmutableArray<PagerDutyEvent> events, DateTimeOffset first)
    {
        var alerts = week.Alerts.Where(alert => alert.Incident == incident).ToList();
        var start = alerts.Min(alert => alert.Start);
        foreach (var page in events.Where(page => page.OpensIncident && page.Service != PagingKeys.Tickets && page.At >= first))
        {
            var heard = alerts.Where(alert => page.Detail("firing").Contains(alert.Rule.Name, StringComparison.Ordinal) && page.Summary.StartsWith(alert.Region, StringComparison.Ordinal))
                .OrderBy(alert => alert.Start).FirstOrDefault();
            if (heard is not null)
                return (page.At - first - ((heard.Start - start) / speed), GroupWait(page.Service) / speed);
        }

        return null;
    }

    private static TimeSpan GroupWait(string service) =>
        Root().Routes.First(route => route.Receiver == (service == PagingKeys.Pages ? AlertmanagerConfiguration.Pages : AlertmanagerConfiguration.WorkingHoursPages)).GroupWait!.Value;

    private async Task WaitAsync(TimeSpan until, bool isQuiet, CancellationToken cancellation)
    {
        // A late drill (a busy machine) makes its week wait: caught up in one go, an alert's start and end would be one message.
        if (until < Now)
            _skipped -= Now - until;
        if (skipsQuiet && isQuiet && until > Now)
            _skipped += until - Now;
        if ((until - Now) / speed is { } rest && rest > TimeSpan.Zero)
            await Task.Delay(rest, cancellation);
    }

    private IEnumerable<Moment> Moments()
    {
        var moments = new SortedDictionary<TimeSpan, Moment>();
        Moment Of(TimeSpan at) => moments.TryGetValue(at, out var moment) ? moment : new Moment { At = at };
        foreach (var alert in week.Alerts)
        {
            moments[alert.Start] = Of(alert.Start) with { Starting = Of(alert.Start).Starting.Add(alert) };
            moments[alert.End] = Of(alert.End) with { Ending = Of(alert.End).Ending.Add(alert) };
        }

        var wasWorking = false;
        for (var at = TimeSpan.Zero; at < Week; at += TimeSpan.FromMinutes(15))
        {
            var isWorking = WorkingHours.Default.Contains(Monday + at);
            // A second later than whatever starts on the hour.
            if (isWorking != wasWorking)
                moments[at + TimeSpan.FromSeconds(1)] = new Moment { At = at + TimeSpan.FromSeconds(1), IsWorking = isWorking };
            wasWorking = isWorking;
        }

        return moments.Values.Select(moment => moment with
        {
            IsQuietBefore = !week.Alerts.Any(alert => alert.Start < moment.At && alert.End + Settling > moment.At),
        });
    }

    private AlertmanagerConfiguration Configuration(bool isWorking) =>
        AlertmanagerConfiguration.For(NotificationLevel.Pages, TestHours.Of(isWorking), PagerDutyRegion.Us) with { Root = Root().Scaled(1 / speed) };

    private static Route Root() => AlertmanagerConfiguration.For(NotificationLevel.Pages, WorkingHours.Default, PagerDutyRegion.Us).Root;

    private sealed record Moment
    {
        public required TimeSpan At { get; init; }

        public ImmutableList<SyntheticAlert> Starting { get; init; } = [];

        public ImmutableList<SyntheticAlert> Ending { get; init; } = [];

        public bool? IsWorking { get; init; }

        public bool IsQuietBefore { get; init; }
    }
}
