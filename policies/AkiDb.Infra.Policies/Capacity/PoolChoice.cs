using System.Collections.Immutable;

namespace AkiDb.Infra.Policies.Capacity;

/// <summary>Which instance types a pool leaves to choose from, after all its requirements together.</summary>
internal static class PoolChoice
{
    /// <summary>Number of arm64 types; null where the requirements are not known or are not about arm64 (then the table cannot tell).</summary>
    public static int? CountOf(NodePool pool) => pool.Requirements is { } requirements && IsArm64(requirements)
        ? InstanceType.Arm64.Count(type => requirements.Where(requirement => InstanceType.Decides(requirement.Key))
            .All(requirement => requirement.Passes(type.Label(requirement.Key))))
        : null;

    private static bool IsArm64(ImmutableArray<Requirement> requirements) =>
        requirements.Any(requirement => requirement is { Key: "kubernetes.io/arch", Operator: "In", Values: ["arm64"] });
}
