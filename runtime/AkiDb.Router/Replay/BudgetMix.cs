namespace AkiDb.Router.Replay;

/// <summary>Which latency budgets callers ask for. Assumed, since the specification names only the default: most say nothing.</summary>
internal static class BudgetMix
{
    /// <summary>Budget in milliseconds and its share of the requests.</summary>
    public static readonly IReadOnlyList<(int BudgetMs, double Share)> Shares = [(50, 0.60), (30, 0.15), (25, 0.05), (100, 0.10), (200, 0.10)];

    public static int Draw(Random random)
    {
        var u = random.NextDouble();
        foreach (var (budget, share) in Shares)
        {
            if (u < share)
            {
                return budget;
            }

            u -= share;
        }

        return Shares[^1].BudgetMs;
    }

    public static string Describe() => string.Join(", ", Shares.Select(one => $"{one.Share:P0} {one.BudgetMs} ms"));
}
