using System.Collections.Immutable;
using AkiDb.Contracts;
using AkiDb.Infra.Components.Kubernetes;
using Pulumi;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Meta.V1;
using Pulumi.Kubernetes.Types.Inputs.Scheduling.V1;
using Pulumi.Kubernetes.Types.Inputs.Storage.V1;
using K8s = Pulumi.Kubernetes;

namespace AkiDb.Infra.Components.Workloads;

/// <summary>Settings of a <see cref="WorkloadNamespace"/>.</summary>
public sealed class WorkloadNamespaceArgs : ResourceArgs
{
    /// <summary>Most vCPUs that pods may ask for; what Karpenter may start at most.</summary>
    public required int CpuQuota { get; init; }

    /// <summary>Most memory that pods may ask for, GiB.</summary>
    public required int MemoryQuotaGiB { get; init; }

    /// <summary>What must be ready first.</summary>
    public required ImmutableArray<Resource> After { get; init; }
}

/// <summary>
/// The namespace of the workloads: Pod Security "restricted", quotas, every network path closed until a workload opens it,
/// the priorities that decide who goes first when room is short, and the storage class of the search store.
/// </summary>
public sealed class WorkloadNamespace : ComponentResource
{
    /// <summary>Serves requests: evicts <see cref="Background"/> when room is short.</summary>
    public const string Serving = "akidb-serving";

    /// <summary>Works behind the requests.</summary>
    public const string Background = "akidb-background";

    /// <summary>Encrypted gp3, bound where the pod runs, kept when its claim goes.</summary>
    public const string StorageClass = "akidb-gp3";

    /// <summary>Declares the namespace and its rules.</summary>
    public WorkloadNamespace(string name, WorkloadNamespaceArgs args, ComponentResourceOptions? options = null)
        : base("akidb:workloads:WorkloadNamespace", name, args, options)
    {
        var space = new K8s.Core.V1.Namespace(name, new NamespaceArgs
        {
            Metadata = new ObjectMetaArgs
            {
                Name = ServiceNames.Namespace,
                Labels =
                {
                    ["pod-security.kubernetes.io/enforce"] = "restricted",
                    ["pod-security.kubernetes.io/audit"] = "restricted",
                    ["pod-security.kubernetes.io/warn"] = "restricted",
                    // Where there is a load balancer: a new pod is ready once its target is, so that a roll-out waits for it.
                    ["elbv2.k8s.aws/pod-readiness-gate-inject"] = "enabled",
                },
            },
        }, new CustomResourceOptions { Parent = this, DependsOn = args.After.ToList() });
        var inside = new CustomResourceOptions { Parent = this, DependsOn = { space } };

        _ = new K8s.Core.V1.ResourceQuota($"{name}-quota", new ResourceQuotaArgs
        {
            Metadata = ObjectMetadata.InAkiDb("quota"),
            Spec = new ResourceQuotaSpecArgs
            {
                Hard =
                {
                    ["requests.cpu"] = $"{args.CpuQuota}",
                    ["requests.memory"] = $"{args.MemoryQuotaGiB}Gi",
                    ["count/services.loadbalancers"] = "0",
                    ["count/services.nodeports"] = "0",
                },
            },
        }, inside);
        _ = new K8s.Core.V1.LimitRange($"{name}-limits", new LimitRangeArgs
        {
            Metadata = ObjectMetadata.InAkiDb("limits"),
            Spec = new LimitRangeSpecArgs
            {
                Limits =
                {
                    new LimitRangeItemArgs
                    {
                        Type = "Container",
                        DefaultRequest = { ["cpu"] = "100m", ["memory"] = "128Mi" },
                        Default = { ["memory"] = "256Mi" },
                    },
                },
            },
        }, inside);
        ClosedNetwork.Create(name, ServiceNames.Namespace, inside);
        CreatePriorities(name);
        CreateStorageClass(name);
        Ready = space;
        RegisterOutputs();
    }

    /// <summary>What the workloads wait for.</summary>
    public Resource Ready { get; }

    private void CreatePriorities(string name)
    {
        foreach (var (priority, value, purpose) in new[]
        {
            (Serving, 100_000, "Answers requests"),
            (Background, 1_000, "Works behind the requests; makes room for them"),
        })
        {
            _ = new K8s.Scheduling.V1.PriorityClass($"{name}-{priority}", new PriorityClassArgs
            {
                Metadata = ObjectMetadata.ClusterWide(priority),
                Value = value,
                Description = purpose,
            }, new CustomResourceOptions { Parent = this });
        }
    }

    private void CreateStorageClass(string name) => _ = new K8s.Storage.V1.StorageClass($"{name}-gp3", new StorageClassArgs
    {
        Metadata = ObjectMetadata.ClusterWide(StorageClass),
        Provisioner = "ebs.csi.aws.com",
        Parameters = { ["type"] = "gp3", ["encrypted"] = "true" },
        ReclaimPolicy = "Retain",
        VolumeBindingMode = "WaitForFirstConsumer",
        AllowVolumeExpansion = true,
    }, new CustomResourceOptions { Parent = this });
}
