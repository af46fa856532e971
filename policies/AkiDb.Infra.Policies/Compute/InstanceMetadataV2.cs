using AkiDb.Infra.Plan;

namespace AkiDb.Infra.Policies.Compute;

/// <summary>Instance credentials are only given to who can hold a session.</summary>
internal sealed class InstanceMetadataV2() : ResourceRule(
    "aws:ec2/launchTemplate:LaunchTemplate", "aws:ec2/instance:Instance", NodeClass.Token)
{
    public override RuleAbout About { get; } = new("instance-metadata-v2", Severity.High,
        title: "Instances answer only IMDSv2",
        why: "A service that can be talked into fetching a URL hands out the node's credentials over IMDSv1.",
        fix: "Set metadataOptions.httpTokens to required.",
        frameworks: ["CKV_AWS_79", "EC2.8", "EC2.170"]);

    protected override IEnumerable<Finding?> Check(PlannedResource resource) => resource.Type == NodeClass.Token
        ? [resource.Must("spec.metadataOptions.httpTokens", Is.AbsentOr(Is.AnyOf("required")), "required, which is Karpenter's default")]
        : [resource.Must("metadataOptions.httpTokens", Is.AnyOf("required"), "required")];
}
