using AkiDb.Infra.Plan;

namespace AkiDb.Infra.Policies.Cluster;

/// <summary>Kubernetes secrets are encrypted under a key of ours.</summary>
internal sealed class EksSecretsEncrypted() : ResourceRule("aws:eks/cluster:Cluster")
{
    public override RuleAbout About { get; } = new("eks-secrets-encrypted", Severity.High,
        title: "Kubernetes secrets are encrypted with a customer-managed key",
        why: "With AWS' own key nobody can see or stop the use of it; with ours a key policy and CloudTrail can.",
        fix: "Set encryptionConfig with provider.keyArn and resources [secrets].",
        frameworks: ["CKV_AWS_58", "EKS.3", "eks_cluster_encryption_rule"]);

    protected override IEnumerable<Finding?> Check(PlannedResource cluster) =>
    [
        cluster.Must("encryptionConfig.provider.keyArn", Is.Present, "the ARN of a KMS key"),
        cluster.Must("encryptionConfig.resources", Is.ListWith("secrets"), "secrets"),
    ];
}
