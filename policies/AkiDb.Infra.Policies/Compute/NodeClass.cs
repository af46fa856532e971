namespace AkiDb.Infra.Policies.Compute;

/// <summary>Karpenter's resource types.</summary>
internal static class NodeClass
{
    /// <summary>How Karpenter launches nodes.</summary>
    public const string Token = "kubernetes:karpenter.k8s.aws/v1:EC2NodeClass";

    /// <summary>Which nodes Karpenter may launch.</summary>
    public const string PoolToken = "kubernetes:karpenter.sh/v1:NodePool";
}
