using AkiDb.Infra.Plan;
using AkiDb.Infra.Policies.Compute;

namespace AkiDb.Infra.Policies.Costs;

/// <summary>Nodes that Karpenter launches carry the tags too.</summary>
internal sealed class NodeCostTags() : ResourceRule(NodeClass.Token)
{
    public override RuleAbout About { get; } = new("cost-tags-on-nodes", Severity.Medium,
        title: "EC2NodeClasses tag their nodes for cost allocation",
        why: "Karpenter, not Pulumi, launches the nodes: the provider's default tags never reach the largest part of the bill.",
        fix: "Set spec.tags with cost-center, environment, owner and project.");

    protected override IEnumerable<Finding?> Check(PlannedResource nodeClass) => CostTags.Required.Where(key => key != "managed-by")
        .Select(key => nodeClass.Must($"spec.tags[\"{key}\"]", Is.Present, "a value"));
}
