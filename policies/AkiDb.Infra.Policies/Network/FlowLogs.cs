namespace AkiDb.Infra.Policies.Network;

/// <summary>What goes through a network is written down.</summary>
internal sealed class FlowLogs : StackRule
{
    public override RuleAbout About { get; } = new("vpc-flow-logs", Severity.Medium,
        title: "Every VPC has a flow log",
        why: "After an incident the flow log is the only witness of what talked to what.",
        fix: "Declare an aws:ec2/flowLog:FlowLog with the VPC's id.",
        frameworks: ["CKV2_AWS_11", "EC2.6"]);

    protected override IEnumerable<Finding?> Judge(PlanView plan) => plan.OfType("aws:ec2/vpc:Vpc").Select(network => network.Must(
        plan.LinkedTo(network, "aws:ec2/flowLog:FlowLog", "vpcId", "id").Select(link => link.Belongs).Any(),
        "", "no flow log", "a flow log"));
}
