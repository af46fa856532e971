using System.Collections.Immutable;
using AkiDb.Infra.Components.Observability.Alerting;

namespace AkiDb.TestKit.Alerting;

/// <summary>What PagerDuty heard of a week.</summary>
/// <param name="Speed">How many times faster than life.</param>
/// <param name="Took">How long it took.</param>
/// <param name="Events">Events that were accepted.</param>
/// <param name="Refused">Why others were not.</param>
/// <param name="Pages">By incident: how long its first page took from the alert, and its route's group_wait, both as measured,
/// divided; null where nobody was paged.</param>
public sealed record WeekReport(
    double Speed, TimeSpan Took, ImmutableArray<PagerDutyEvent> Events, ImmutableArray<string> Refused,
    ImmutableDictionary<string, (TimeSpan Wait, TimeSpan Allowed)?> Pages)
{
    /// <summary>Times that a telephone rang.</summary>
    public int PageCount => Events.Count(page => page.OpensIncident && page.Service != PagingKeys.Tickets);

    /// <summary>Tickets that were filed.</summary>
    public int TicketCount => Events.Count(page => page.OpensIncident && page.Service == PagingKeys.Tickets);
}
