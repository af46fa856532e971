using AkiDb.Infra.Plan.Values;
using AkiDb.Infra.Policies.Compute;

namespace AkiDb.Infra.Policies.Capacity;

/// <summary>Nodes that Karpenter launches are let into the cluster.</summary>
internal sealed class NodeRoleAdmitted : StackRule
{
    public override RuleAbout About { get; } = new("node-role-admitted", Severity.High,
        title: "The role of every EC2NodeClass has an access entry of type EC2_LINUX",
        why: "Without it instances start, cost money, and never join: the commonest report about Karpenter.",
        fix: "Declare an aws:eks/accessEntry:AccessEntry with the role's ARN and type EC2_LINUX.");

    protected override IEnumerable<Finding?> Judge(PlanView plan) => plan.OfType(NodeClass.Token).Select(nodeClass =>
    {
        var entries = plan.OfType("aws:eks/accessEntry:AccessEntry").Where(entry => entry.Region == nodeClass.Region && entry.TextOr("type") == "EC2_LINUX");
        return nodeClass.Must(nodeClass.Input("spec.role") switch
        {
            TextValue role => entries.Select(entry => entry.Is("principalArn", Is.Text(arn => arn.EndsWith("/" + role.Value, StringComparison.Ordinal)))).Any(),
            // An instance profile brings its own role; which one is not in the plan.
            null => Truth.Unknown,
            _ => Truth.Unknown,
        }, "spec.role", ValueDescription.Of(nodeClass.Input("spec.role")), "a role with an EC2_LINUX access entry");
    });
}
