using AkiDb.Infra.Plan.Values;

namespace AkiDb.Infra.Plan;

/// <summary>
/// Which AWS region each resource of a plan stands in. In this order: the resource's own <c>region</c> input (every AWS
/// resource of Pulumi.Aws 7 may have one), its provider's, its parent's, the provider's parent's. A Kubernetes resource so
/// gets the region of the cluster component that its provider is a child of.
/// </summary>
internal sealed class RegionResolver
{
    /// <summary>What the resolver needs to know of a resource.</summary>
    internal readonly record struct Placement(string Urn, string? Parent, string? Provider, MapValue Inputs);

    private readonly Dictionary<string, Placement> _placements;
    private readonly Dictionary<string, string?> _regions = [];

    public RegionResolver(IReadOnlyCollection<Placement> placements) =>
        _placements = placements.DistinctBy(placement => placement.Urn).ToDictionary(placement => placement.Urn);

    /// <summary>The region, or null where the resource stands in none.</summary>
    public string? RegionOf(string? urn)
    {
        if (urn is null || !_placements.TryGetValue(urn, out var placement))
            return null;
        if (_regions.TryGetValue(urn, out var known))
            return known;

        // Guards against a cycle in a broken plan file; overwritten below.
        _regions[urn] = null;
        var region = placement.Inputs.At("region") is TextValue { Value.Length: > 0 } own
            ? own.Value
            : RegionOf(placement.Provider) ?? RegionOf(placement.Parent);
        _regions[urn] = region;
        return region;
    }

    /// <summary>A provider reference is <c>URN::ID</c>; this is the URN.</summary>
    public static string WithoutId(string reference) => reference[..reference.LastIndexOf("::", StringComparison.Ordinal)];
}
