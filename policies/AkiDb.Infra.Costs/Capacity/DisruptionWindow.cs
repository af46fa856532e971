using System.Collections.Immutable;
using System.Globalization;
using AkiDb.Infra.Costs.Charges;
using AkiDb.Infra.Plan.Values;

namespace AkiDb.Infra.Costs.Capacity;

/// <summary>Hours in which a NodePool's budget forbids all but empty nodes to go: <c>nodes: "0"</c> with a schedule of the form
/// <c>0 9 * * mon-fri</c> and a duration of whole hours.</summary>
/// <param name="FirstDay">0 is Monday.</param>
/// <param name="LastDay">Inclusive.</param>
/// <param name="FromHour">UTC.</param>
/// <param name="Hours">Length.</param>
public sealed record DisruptionWindow(int FirstDay, int LastDay, int FromHour, int Hours)
{
    private static readonly ImmutableArray<string> Days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

    /// <summary>Whether a minute of the week (0 is Monday 00:00 UTC) lies in it.</summary>
    public bool Holds(int minute)
    {
        var (day, hour) = (minute / 1440 % 7, minute / 60 % 24);
        return day >= FirstDay && day <= LastDay && hour >= FromHour && hour < FromHour + Hours;
    }

    /// <summary>The window of a budget; null where the budget forbids nothing or its schedule has another form.</summary>
    internal static DisruptionWindow? Of(PlanValue budget)
    {
        if (budget.TextAt("nodes") is not ("0" or "0%") || budget.TextAt("schedule")?.Split(' ') is not [_, var hour, "*", "*", var days]
            || !int.TryParse(hour, NumberStyles.None, CultureInfo.InvariantCulture, out var from)
            || !int.TryParse(budget.TextAt("duration")?.TrimEnd('h'), NumberStyles.None, CultureInfo.InvariantCulture, out var hours))
        {
            return null;
        }

        var ends = days.Split('-');
        var (first, last) = days == "*" ? (0, 6) : (Days.IndexOf(ends[0].ToLowerInvariant()), Days.IndexOf(ends[^1].ToLowerInvariant()));
        return first < 0 || last < first ? null : new DisruptionWindow(first, last, from, hours);
    }
}
