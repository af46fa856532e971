namespace AkiDb.Infra.Costs.Charges;

/// <summary>What CloudFront's flat-rate plans hold (pricing plans page, read 2026-09-05). There is no overage fee, but service
/// beyond the allowance may be throttled, so a plan that is too small is a warning, not a price.</summary>
internal static class FlatRatePlans
{
    private static readonly (string Plan, decimal Requests, decimal EgressGb)[] Plans =
    [
        ("pro", 10_000_000, 50 * 1024),
        ("business", 125_000_000, 50 * 1024),
        ("premium", 500_000_000, 50 * 1024),
        ("premium750M", 750_000_000, 75 * 1024),
        ("premium1250M", 1_250_000_000, 125 * 1024),
        ("premium2000M", 2_000_000_000, 200 * 1024),
        ("premium3500M", 3_500_000_000, 350 * 1024),
        ("premium6000M", 6_000_000_000, 600 * 1024),
    ];

    /// <summary>The cheapest plan that holds a traffic, or null where none does.</summary>
    public static string? Cheapest(decimal requests, decimal egressGb) => Plans
        .Where(plan => plan.Requests >= requests && plan.EgressGb >= egressGb).Select(plan => plan.Plan).FirstOrDefault();

    /// <summary>Whether a plan holds a traffic; what is not known counts as held, and so does having no such plan.</summary>
    public static bool Holds(string plan, decimal? requests, decimal? egressGb) => Array.FindIndex(Plans, entry => entry.Plan == plan) is var index
        && (index < 0 || ((requests ?? 0) <= Plans[index].Requests && (egressGb ?? 0) <= Plans[index].EgressGb));

    /// <summary>What to say of a traffic that a plan does not hold; null where it does or where the traffic is not known.</summary>
    public static string? Verdict(string plan, decimal? requests, decimal? egressGb)
    {
        if (requests is not { } wanted || Holds(plan, wanted, egressGb))
            return null;
        var holds = Array.Find(Plans, entry => entry.Plan == plan);
        return FormattableString.Invariant($"holds {holds.Requests / 1_000_000:#,0} M requests and {holds.EgressGb / 1024:0} TB, the traffic has {wanted / 1_000_000:#,0} M and {(egressGb ?? 0) / 1024:0} TB: may be throttled")
            + (Cheapest(wanted, egressGb ?? 0) is { } better ? $"; {better} holds it" : "");
    }
}
