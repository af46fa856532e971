namespace AkiDb.Infra.Costs.Capacity;

/// <summary>
/// What no packing can undercut: the linear relaxation of buying nodes for a demand of CPU and memory, any fraction of any
/// offer allowed. Two resources make its dual two-dimensional, so the optimum stands where two offers' lines cross or on an axis.
/// </summary>
public static class PackingBound
{
    /// <summary>The bound in dollars an hour.</summary>
    /// <param name="demand">Sum of the pods' requests.</param>
    /// <param name="offers">What may be bought; at least one, each with room.</param>
    public static decimal UsdPerHour(PodSize demand, IReadOnlyList<Offer> offers)
    {
        // Maximise y·demand over y >= 0 with y·room <= price for every offer.
        decimal best = 0;
        foreach (var (cpu, memory) in Vertices(offers))
        {
            // A hair of slack: division rounds, and a vertex must not fail its own line.
            if (cpu >= 0 && memory >= 0 && offers.All(offer => (cpu * offer.Room.Millicores) + (memory * offer.Room.MiB) <= offer.UsdPerHour * 1.000000001m))
                best = Math.Max(best, (cpu * demand.Millicores) + (memory * demand.MiB));
        }

        return best;
    }

    private static IEnumerable<(decimal Cpu, decimal Memory)> Vertices(IReadOnlyList<Offer> offers)
    {
        yield return (offers.Min(offer => offer.UsdPerHour / offer.Room.Millicores), 0);
        yield return (0, offers.Min(offer => offer.UsdPerHour / offer.Room.MiB));
        for (var first = 0; first < offers.Count; first++)
        {
            for (var second = first + 1; second < offers.Count; second++)
            {
                var (a, b) = (offers[first], offers[second]);
                var determinant = ((decimal)a.Room.Millicores * b.Room.MiB) - ((decimal)b.Room.Millicores * a.Room.MiB);
                if (determinant == 0)
                    continue;
                yield return (
                    ((a.UsdPerHour * b.Room.MiB) - (b.UsdPerHour * a.Room.MiB)) / determinant,
                    ((a.Room.Millicores * b.UsdPerHour) - (b.Room.Millicores * a.UsdPerHour)) / determinant);
            }
        }
    }
}
