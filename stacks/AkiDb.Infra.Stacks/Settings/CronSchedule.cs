using System.Collections.Immutable;
using System.Globalization;

namespace AkiDb.Infra.Stacks.Settings;

/// <summary>What Kubernetes takes as a CronJob's schedule: five fields of lists, ranges and steps (robfig/cron's standard parser).</summary>
internal static class CronSchedule
{
    /// <summary>In words, for messages.</summary>
    public const string Allowed = "five cron fields in UTC: minute 0-59, hour 0-23, day 1-31, month 1-12 or jan-dec, weekday 0-6 or sun-sat";

    private static readonly ImmutableArray<string> Months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

    private static readonly ImmutableArray<string> Weekdays = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

    // Least, most, and the names of the numbers from least on.
    private static readonly ImmutableArray<(int Least, int Most, ImmutableArray<string> Names)> Fields =
        [(0, 59, []), (0, 23, []), (1, 31, []), (1, 12, Months), (0, 6, Weekdays)];

    /// <summary>Whether Kubernetes would take <paramref name="text"/>.</summary>
    public static bool IsValid(string text)
    {
        var parts = text.Split(' ');
        return parts.Length == Fields.Length
            && parts.Zip(Fields).All(pair => pair.First.Split(',').All(item => IsItem(item, pair.Second.Least, pair.Second.Most, pair.Second.Names)));
    }

    // *, 5, mon, 1-5, and each of them with /step.
    private static bool IsItem(string item, int least, int most, ImmutableArray<string> names)
    {
        var step = item.Split('/');
        if (step.Length > 2 || (step.Length == 2 && Number(step[1]) is not > 0))
            return false;
        if (step[0] == "*")
            return true;
        var ends = step[0].Split('-');
        if (ends.Length > 2 || Value(ends[0]) is not { } first || Value(ends[^1]) is not { } last)
            return false;
        return first >= least && first <= last && last <= most;

        int? Value(string text) => names.IndexOf(text) is >= 0 and var index ? least + index : Number(text);
    }

    private static int? Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
