using AkiDb.Infra.Plan;

namespace AkiDb.Infra.Policies.Compute;

/// <summary>Pods do not get the node's credentials.</summary>
internal sealed class InstanceMetadataHopLimit() : ResourceRule(
    "aws:ec2/launchTemplate:LaunchTemplate", "aws:ec2/instance:Instance", NodeClass.Token)
{
    public override RuleAbout About { get; } = new("instance-metadata-hop-limit", Severity.High,
        title: "Instance metadata stays one network hop from the instance",
        why: "With two hops every pod reaches the node's role through the metadata service, whatever its own identity allows.",
        fix: "Set metadataOptions.httpPutResponseHopLimit to 1; give pods their own role by Pod Identity.",
        frameworks: ["CKV_AWS_341"]);

    protected override IEnumerable<Finding?> Check(PlannedResource resource) => resource.Type == NodeClass.Token
        ? [resource.Must("spec.metadataOptions.httpPutResponseHopLimit", Is.AbsentOr(Is.AtMost(1)), "1, which is Karpenter's default")]
        : [resource.Must("metadataOptions.httpPutResponseHopLimit", Is.AbsentOr(Is.AtMost(1)), "1")];
}
