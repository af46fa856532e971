using AkiDb.Infra.Plan;

namespace AkiDb.Infra.Policies.Capacity;

/// <summary>Nothing is written for a Karpenter that is gone.</summary>
internal sealed class CurrentKarpenterApi() : ResourceRule
{
    public override RuleAbout About { get; } = new("karpenter-current-api", Severity.High,
        title: "Karpenter objects are karpenter.sh/v1 and karpenter.k8s.aws/v1",
        why: "v1alpha5 Provisioners and v1beta1 objects are served by no current version; the cluster would never get a node.",
        fix: "Use NodePool of karpenter.sh/v1 and EC2NodeClass of karpenter.k8s.aws/v1.");

    protected override IEnumerable<Finding?> Check(PlannedResource resource) =>
        resource.Type.StartsWith("kubernetes:karpenter.", StringComparison.Ordinal) && resource.Type.Split(':') is [_, var version, ..] && !version.EndsWith("/v1", StringComparison.Ordinal)
            ? [new Violation(resource, "apiVersion", version, $"{version.Split('/')[0]}/v1")]
            : [];
}
