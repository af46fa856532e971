using AkiDb.Infra.Plan;
using AkiDb.Infra.Policies.Compute;

namespace AkiDb.Infra.Policies.Capacity;

/// <summary>No pool grows without end.</summary>
internal sealed class PoolLimits() : ResourceRule(NodeClass.PoolToken)
{
    public override RuleAbout About { get; } = new("nodepool-limits", Severity.High,
        title: "NodePools have CPU and memory limits",
        why: "A broken autoscaler or a loop of pending pods otherwise buys nodes until the account's quota stops it.",
        fix: "Set spec.limits.cpu and spec.limits.memory.");

    protected override IEnumerable<Finding?> Check(PlannedResource pool) =>
    [
        pool.Must("spec.limits.cpu", Is.Present, "a number of CPUs"),
        pool.Must("spec.limits.memory", Is.Present, "an amount of memory"),
    ];
}
