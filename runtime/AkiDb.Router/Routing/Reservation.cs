using System.Runtime.InteropServices;

namespace AkiDb.Router.Routing;

/// <summary>
/// Who may use scarce cheap capacity. When demand exceeds it, "cheapest first" lets patient requests fill a fast cheap backend
/// and sends impatient ones to the dearest; this plan turns patient ones away just as far as that saves money.
/// </summary>
/// <remarks>
/// The sets of backends that fit are nested (a longer budget fits all that a shorter one does), so the cheapest assignment
/// is a minimum-weight basis of a transversal matroid: take backends in order of cost, each as full as Hall's condition
/// allows (Edmonds 1971). Demand by budget is that of the last seconds; the load limit still guards every single request.
/// </remarks>
public sealed class Reservation
{
    private readonly double[] _thresholdsMs;
    private readonly double[][] _shares;

    private Reservation(double[] thresholdsMs, double[][] shares)
    {
        _thresholdsMs = thresholdsMs;
        _shares = shares;
    }

    /// <summary>For each backend in order of cost, the share of the requests with this budget that come to it and may take it.</summary>
    public ReadOnlySpan<double> SharesFor(double budgetMs) => _shares[ClassOf(_thresholdsMs, budgetMs)];

    /// <summary>A plan, or null when every request can have the cheapest backend that fits it.</summary>
    /// <param name="offers">Backends in order of cost.</param>
    /// <param name="demand">Requests per second by latency budget in milliseconds.</param>
    public static Reservation? Plan(ReadOnlySpan<Offer> offers, IEnumerable<(double BudgetMs, double Rps)> demand)
    {
        var thresholds = offers.ToArray().Select(offer => offer.FitMs).Distinct().Order().ToArray();
        var perClass = new double[thresholds.Length + 1];
        foreach (var (budgetMs, rps) in demand)
        {
            perClass[ClassOf(thresholds, budgetMs)] += rps;
        }

        var ranks = offers.ToArray().Select(offer => ClassOf(thresholds, offer.FitMs)).ToArray();
        var filled = Fill(offers, ranks, perClass);
        var assigned = Assign(ranks, filled, perClass);
        var shares = assigned.Select((row, i) => SharesOf(row, perClass[i])).ToArray();
        var offered = offers.ToArray();
        var isRestrictive = shares.Where((row, k) => perClass[k] > 0 && Restricts(row, k, ranks, offered)).Any();
        return isRestrictive ? new Reservation(thresholds, shares) : null;
    }

    /// <summary>Number of thresholds at or below the budget: class 0 fits no backend, class k the k fastest ranks.</summary>
    private static int ClassOf(double[] thresholdsMs, double budgetMs)
    {
        var n = 0;
        while (n < thresholdsMs.Length && thresholdsMs[n] <= budgetMs)
        {
            n++;
        }

        return n;
    }

    private static double[] Fill(ReadOnlySpan<Offer> offers, int[] ranks, double[] perClass)
    {
        var filled = new double[offers.Length];
        for (var b = 0; b < offers.Length; b++)
        {
            var room = offers[b].RoomRps;
            for (var k = 1; k <= ranks[b]; k++)
            {
                // Backends of rank k and slower can serve classes k and up only.
                var demand = perClass.Skip(k).Sum();
                var taken = filled.Where((_, other) => ranks[other] >= k).Sum();
                room = Math.Min(room, demand - taken);
            }

            filled[b] = Math.Max(0, room);
        }

        return filled;
    }

    // Slowest backends first, each from the most patient class down: what is left for the fast ones can always be placed.
    private static double[][] Assign(int[] ranks, double[] filled, double[] perClass)
    {
        var left = perClass.ToArray();
        var assigned = perClass.Select(_ => new double[ranks.Length]).ToArray();
        foreach (var b in Enumerable.Range(0, ranks.Length).OrderByDescending(b => ranks[b]).ThenByDescending(b => b))
        {
            var rest = filled[b];
            for (var k = left.Length - 1; k >= ranks[b] && rest > 0; k--)
            {
                var part = Math.Min(rest, left[k]);
                assigned[k][b] += part;
                left[k] -= part;
                rest -= part;
            }
        }

        return assigned;
    }

    // Requests meet backends in order of cost, so a share is of those that the cheaper ones left.
    private static double[] SharesOf(double[] row, double demand)
    {
        var shares = new double[row.Length];
        var rest = demand;
        for (var b = 0; b < row.Length; b++)
        {
            shares[b] = demand == 0 || rest <= 1e-9 ? 1 : Math.Clamp(row[b] / rest, 0, 1);
            rest -= row[b];
        }

        return shares;
    }

    // True when a class may not have all of the cheapest backend that fits it and has room for anyone.
    private static bool Restricts(double[] shares, int budgetClass, int[] ranks, Offer[] offers)
    {
        var cheapest = Array.FindIndex(ranks, rank => rank <= budgetClass);
        while (cheapest >= 0 && offers[cheapest].RoomRps <= 0)
        {
            cheapest = Array.FindIndex(ranks, cheapest + 1, rank => rank <= budgetClass);
        }

        return cheapest >= 0 && shares[cheapest] < 0.999;
    }

    /// <summary>What a backend offers to the plan.</summary>
    /// <param name="FitMs">Latency that must fit a budget, in milliseconds.</param>
    /// <param name="RoomRps">Requests per second it may take from this router; infinity when unlimited, 0 when not ready.</param>
    [StructLayout(LayoutKind.Auto)]
    public readonly record struct Offer(double FitMs, double RoomRps);
}
