using AkiDb.Infra.Policies.Compute;

namespace AkiDb.Infra.Policies.Capacity;

/// <summary>There are nodes that Karpenter did not launch.</summary>
internal sealed class ControllerHome : StackRule
{
    public override RuleAbout About { get; } = new("karpenter-has-a-home", Severity.High,
        title: "Every region with NodePools has a managed node group",
        why: "Karpenter needs nodes that it does not manage to run on; a fresh cluster without any never gets its first.",
        fix: "Declare an aws:eks/nodeGroup:NodeGroup in the region.");

    protected override IEnumerable<Finding?> Judge(PlanView plan)
    {
        var homes = plan.OfType("aws:eks/nodeGroup:NodeGroup", "aws:eks/fargateProfile:FargateProfile").Select(group => group.Region).ToHashSet();
        return plan.OfType(NodeClass.PoolToken).Where(pool => !homes.Contains(pool.Region))
            .Select(pool => pool.Region is null
                ? (Finding)new NotApplicableYet(pool, "region")
                : new Violation(pool, "", $"no managed node group in {pool.Region}", "one that Karpenter runs on"));
    }
}
