using System.Collections.Immutable;
using AkiDb.Infra.Plan;
using AkiDb.Infra.Plan.Values;
using AkiDb.Infra.Policies.Compute;
using AkiDb.Infra.Policies.Workloads;

namespace AkiDb.Infra.Policies.Capacity;

/// <summary>A Karpenter NodePool as rules look at it.</summary>
/// <param name="Resource">The custom resource.</param>
/// <param name="Requirements">Its requirements; null where they are not known.</param>
internal sealed record NodePool(PlannedResource Resource, ImmutableArray<Requirement>? Requirements)
{
    /// <summary>Path of the requirements.</summary>
    public const string RequirementsPath = "spec.template.spec.requirements";

    /// <summary>True if the pool may launch spot nodes.</summary>
    public bool AllowsSpot => Requirements is { } known && known.Where(requirement => requirement.Key == "karpenter.sh/capacity-type").All(requirement => requirement.Passes("spot"))
        && known.Any(requirement => requirement.Key == "karpenter.sh/capacity-type");

    /// <summary>The domains of the capacity spread that the pool's nodes take; none where it has no such label.</summary>
    public ImmutableArray<string> SpreadDomains => Requirements is { } known
        ? [.. known.Where(requirement => requirement.Key.EndsWith(SpreadMinDomains.TopologyKey, StringComparison.Ordinal) && requirement.Operator == "In").SelectMany(requirement => requirement.Values)]
        : [];

    /// <summary>The plan's pools.</summary>
    public static ImmutableArray<NodePool> All(PlanView plan) => [.. plan.OfType(NodeClass.PoolToken).Select(Read)];

    /// <summary>Reads one pool.</summary>
    public static NodePool Read(PlannedResource pool) => new(pool, pool.Input(RequirementsPath) switch
    {
        null => [],
        ListValue list when list.Items.Any(item => item is UnknownValue) => null,
        ListValue => [.. pool.Items(RequirementsPath).Select(path => new Requirement(
            pool.TextOr($"{path}.key") ?? "", pool.TextOr($"{path}.operator") ?? "", [.. pool.TextsAt($"{path}.values")]))],
        _ => null,
    });
}
