namespace AkiDb.Local.Scoreboard;

/// <summary>Requests of a kind.</summary>
/// <param name="Kind">What they asked for; "all" for all together.</param>
/// <param name="Requests">Sent.</param>
/// <param name="Failed">Answered with 400 or more, or not at all.</param>
/// <param name="P50Ms">Of those answered well; null if none was.</param>
/// <param name="P95Ms">Likewise.</param>
/// <param name="P99Ms">Likewise.</param>
internal sealed record KindReport(string Kind, long Requests, long Failed, double? P50Ms, double? P95Ms, double? P99Ms)
{
    /// <summary>Each kind, then all.</summary>
    public static IReadOnlyList<KindReport> Of(RequestLedger requests)
    {
        var counts = requests.Counts();
        var kinds = counts.OrderBy(pair => pair.Key).Select(pair => Make(pair.Key.ToString().ToLowerInvariant(), pair.Value, requests.Whole(pair.Key)));
        return [.. kinds, Make("all", (counts.Values.Sum(count => count.Sent), counts.Values.Sum(count => count.Failed)), requests.Whole(null))];
    }

    private static KindReport Make(string kind, (long Sent, long Failed) count, Quantiles? latency) =>
        new(kind, count.Sent, count.Failed, latency?.P50, latency?.P95, latency?.P99);
}
