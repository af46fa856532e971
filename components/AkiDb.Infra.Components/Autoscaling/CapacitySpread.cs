using System.Collections.Immutable;

namespace AkiDb.Infra.Components.Autoscaling;

/// <summary>
/// How a spot share is held: Karpenter has no ratio, so nodes carry one of a few values of the label <see cref="Label"/>, some
/// of the values only on spot nodes and the rest only on on-demand ones, and pods spread evenly over the values (Karpenter
/// 1.14, "On-Demand/Spot Ratio Split").
/// </summary>
public sealed record CapacitySpread
{
    /// <summary>Label of nodes whose values are the domains; the key that Karpenter's documentation uses.</summary>
    public const string Label = "capacity-spread";

    /// <summary>How far the planned share may be from the wanted one before more domains are taken, in percent points.</summary>
    public const double TolerancePoints = 5;

    private CapacitySpread(int wantedSpotPercent, int spotDomains, int onDemandDomains)
    {
        WantedSpotPercent = wantedSpotPercent;
        SpotDomains = [.. Enumerable.Range(1, spotDomains).Select(domain => $"spot-{domain}")];
        OnDemandDomains = [.. Enumerable.Range(1, onDemandDomains).Select(domain => $"on-demand-{domain}")];
    }

    /// <summary>Share of pods that should run on spot, 0 to 100.</summary>
    public int WantedSpotPercent { get; }

    /// <summary>Values of spot nodes.</summary>
    public ImmutableArray<string> SpotDomains { get; }

    /// <summary>Values of on-demand nodes.</summary>
    public ImmutableArray<string> OnDemandDomains { get; }

    /// <summary>The value of the baseline group's nodes: an on-demand one, so that pods on them count towards that share. With no
    /// on-demand domain the nodes still have a value, which no spread counts.</summary>
    public string BaselineDomain => OnDemandDomains.IsEmpty ? "on-demand-1" : OnDemandDomains[0];

    /// <summary>All values; pods say this number as <c>minDomains</c>, or the scheduler, which only knows the nodes that exist,
    /// packs them onto the first node.</summary>
    public int DomainCount => SpotDomains.Length + OnDemandDomains.Length;

    /// <summary>Share of pods on spot when every domain holds the same number, 0 to 100.</summary>
    public double PlannedSpotPercent => 100.0 * SpotDomains.Length / DomainCount;

    /// <summary>The fewest domains whose share is within <see cref="TolerancePoints"/> of the wanted one, and never more than
    /// <paramref name="leastReplicas"/>: a domain without a pod would only hold a node open. Where no number is near enough,
    /// the nearest.</summary>
    /// <param name="spotPercent">Wanted share on spot, 0 to 100.</param>
    /// <param name="leastReplicas">The fewest pods that will ever be spread, at least 1.</param>
    /// <exception cref="ArgumentException">A number out of range.</exception>
    public static CapacitySpread For(int spotPercent, int leastReplicas)
    {
        ComponentArgument.InRange(nameof(CapacitySpread), nameof(spotPercent), spotPercent, 0, 100);
        ComponentArgument.Require(leastReplicas >= 1, nameof(CapacitySpread), nameof(leastReplicas), leastReplicas, "1 or more");
        var candidates =
            from domains in Enumerable.Range(1, Math.Min(leastReplicas, 20))
            let spot = (int)Math.Round(domains * spotPercent / 100.0, MidpointRounding.AwayFromZero)
            let error = Math.Abs((100.0 * spot / domains) - spotPercent)
            select (spot, domains, error);
        var ordered = candidates.ToList();
        var near = ordered.FirstOrDefault(candidate => candidate.error <= TolerancePoints);
        var chosen = near.domains > 0 ? near : ordered.MinBy(candidate => candidate.error);
        return new CapacitySpread(spotPercent, chosen.spot, chosen.domains - chosen.spot);
    }

    /// <summary>The least and the greatest share of spot, in percent, that an even spread of <paramref name="replicas"/> pods
    /// can have: the remainder of the division may fall on either kind.</summary>
    public (double Least, double Most) SpotPercentRange(int replicas)
    {
        var (each, rest) = Math.DivRem(replicas, DomainCount);
        var least = (each * SpotDomains.Length) + Math.Max(0, rest - OnDemandDomains.Length);
        var most = (each * SpotDomains.Length) + Math.Min(rest, SpotDomains.Length);
        return (100.0 * least / replicas, 100.0 * most / replicas);
    }
}
