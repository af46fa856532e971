namespace AkiDb.Infra.Components.Cluster;

/// <summary>What EKS does when a Kubernetes version's standard support ends.</summary>
public enum ClusterSupport
{
    /// <summary>Upgrades the control plane; the fee stays $0.10 an hour.</summary>
    Standard,

    /// <summary>Keeps the version for a year more; the fee goes to $0.60 an hour.</summary>
    Extended,
}
