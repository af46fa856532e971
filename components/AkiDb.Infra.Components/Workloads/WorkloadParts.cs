using System.Collections.Immutable;
using AkiDb.Contracts;
using AkiDb.Infra.Components.Identity;
using AkiDb.Infra.Components.Kubernetes;
using Pulumi;
using Pulumi.Kubernetes.Types.Inputs.Apps.V1;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Networking.V1;
using Pulumi.Kubernetes.Types.Inputs.Policy.V1;
using Pulumi.Kubernetes.Types.Inputs.Rbac.V1;
using K8s = Pulumi.Kubernetes;

namespace AkiDb.Infra.Components.Workloads;

/// <summary>The objects that workloads are made of, as children of one component.</summary>
/// <param name="parent">The component.</param>
/// <param name="prefix">First part of the children's names.</param>
/// <param name="after">What must be ready first.</param>
/// <param name="space">The namespace. Default: AkiDB's own.</param>
internal sealed class WorkloadParts(
    ComponentResource parent, string prefix, ImmutableArray<Resource> after, string space = ServiceNames.Namespace)
{
    private readonly List<Resource> _identities = [];

    /// <summary>Options of a child.</summary>
    // After the identities too: EKS hands credentials to a pod when the pod is made, and a pod that is older than its association
    // never gets any. Whoever declares pods declares their identity first.
    public CustomResourceOptions Options => new() { Parent = parent, DependsOn = [.. after, .. _identities] };

    /// <summary>The account that a service's pods run as. Its token is mounted only where a pod asks for it.</summary>
    public void Account(string app) => _ = new K8s.Core.V1.ServiceAccount($"{prefix}-{app}", new ServiceAccountArgs
    {
        Metadata = ObjectMetadata.In(space, app),
        AutomountServiceAccountToken = false,
    }, Options);

    /// <summary>What a service's pods may do in AWS. Before the pods.</summary>
    public void Identity(string app, WorkloadSettings settings, ImmutableArray<PolicyStatement> statements)
    {
        var role = new PodIdentityRole($"{prefix}-{app}", new PodIdentityRoleArgs
        {
            AccountId = settings.AccountId,
            ClusterArn = settings.ClusterArn,
            Policies = ImmutableDictionary<string, ImmutableArray<PolicyStatement>>.Empty.Add("access", statements),
        }, new ComponentResourceOptions { Parent = parent });
        _identities.Add(role.LetTake($"{prefix}-{app}", settings.ClusterName, space, app, new CustomResourceOptions { Parent = parent }));
    }

    /// <summary>What a service's pods may do with the Kubernetes API, in this namespace only.</summary>
    public void Rights(string app, params PolicyRuleArgs[] rules)
    {
        _ = new K8s.Rbac.V1.Role($"{prefix}-rights", new RoleArgs { Metadata = ObjectMetadata.In(space, app), Rules = rules }, Options);
        _ = new K8s.Rbac.V1.RoleBinding($"{prefix}-rights", new RoleBindingArgs
        {
            Metadata = ObjectMetadata.In(space, app),
            Subjects = { new SubjectArgs { Kind = "ServiceAccount", Name = app, Namespace = space } },
            RoleRef = new RoleRefArgs { ApiGroup = "rbac.authorization.k8s.io", Kind = "Role", Name = app },
        }, Options);
    }

    /// <summary>What a service's pods may do with objects that belong to no namespace, such as nodes.</summary>
    public void ClusterRights(string app, params PolicyRuleArgs[] rules)
    {
        var name = $"akidb:{app}";
        _ = new K8s.Rbac.V1.ClusterRole($"{prefix}-cluster-rights", new ClusterRoleArgs { Metadata = ObjectMetadata.ClusterWide(name), Rules = rules }, Options);
        _ = new K8s.Rbac.V1.ClusterRoleBinding($"{prefix}-cluster-rights", new ClusterRoleBindingArgs
        {
            Metadata = ObjectMetadata.ClusterWide(name),
            Subjects = { new SubjectArgs { Kind = "ServiceAccount", Name = app, Namespace = space } },
            RoleRef = new RoleRefArgs { ApiGroup = "rbac.authorization.k8s.io", Kind = "ClusterRole", Name = name },
        }, Options);
    }

    /// <summary>A service's configuration file, for a volume of the service's name.</summary>
    public void Configuration(string app, string file, Input<string> content) =>
        _ = new K8s.Core.V1.ConfigMap($"{prefix}-{app}", new ConfigMapArgs { Metadata = ObjectMetadata.In(space, app), Data = { [file] = content } }, Options);

    /// <summary>Pods without state.</summary>
    /// <param name="pod">One of them.</param>
    /// <param name="replicas">How many to begin with.</param>
    /// <param name="isScaledElsewhere">An autoscaler owns the number from then on.</param>
    public void Deployment(ServicePod pod, int replicas, bool isScaledElsewhere = false)
    {
        var options = Options;
        if (isScaledElsewhere)
            options.IgnoreChanges = ["spec.replicas"];
        _ = new K8s.Apps.V1.Deployment($"{prefix}-{pod.App}", new DeploymentArgs
        {
            Metadata = ObjectMetadata.In(space, pod.App),
            Spec = new DeploymentSpecArgs
            {
                Replicas = replicas,
                Selector = ObjectMetadata.Selector(pod.App),
                Template = pod.Template(),
                Strategy = new DeploymentStrategyArgs
                {
                    RollingUpdate = new RollingUpdateDeploymentArgs { MaxSurge = "25%", MaxUnavailable = 0 },
                },
            },
        }, options);
    }

    /// <summary>A stable address in front of a service's pods.</summary>
    /// <param name="app">The service.</param>
    /// <param name="name">Name of the address. Default: the service's.</param>
    /// <param name="port">Port of address and pods.</param>
    /// <param name="isHeadless">One DNS name a pod, as a StatefulSet needs.</param>
    public void Service(string app, string? name = null, int port = ServiceEndpoints.Port, bool isHeadless = false)
    {
        var spec = new ServiceSpecArgs
        {
            Selector = { [ObjectMetadata.App] = app },
            Ports = { new ServicePortArgs { Name = "http", Port = port, TargetPort = "http" } },
        };
        if (isHeadless)
            spec.ClusterIP = "None";
        _ = new K8s.Core.V1.Service($"{prefix}-{name ?? app}", new ServiceArgs { Metadata = ObjectMetadata.In(space, name ?? app), Spec = spec }, Options);
    }

    /// <summary>How many pods a drain may take at once: one.</summary>
    public void DisruptionBudget(string app) =>
        _ = new K8s.Policy.V1.PodDisruptionBudget($"{prefix}-{app}", new PodDisruptionBudgetArgs
        {
            Metadata = ObjectMetadata.In(space, app),
            Spec = new PodDisruptionBudgetSpecArgs
            {
                MaxUnavailable = 1,
                Selector = ObjectMetadata.Selector(app),
                // A pod that is not ready serves nobody; it must not hold a drain up.
                UnhealthyPodEvictionPolicy = "AlwaysAllow",
            },
        }, Options);

    /// <summary>Opens the paths that a service needs; everything else in the namespace stays closed.</summary>
    public void Paths(string app, NetworkPaths paths) =>
        _ = new K8s.Networking.V1.NetworkPolicy($"{prefix}-{app}", new NetworkPolicyArgs
        {
            Metadata = ObjectMetadata.In(space, app),
            Spec = new NetworkPolicySpecArgs
            {
                PodSelector = ObjectMetadata.Selector(app),
                PolicyTypes = { "Ingress", "Egress" },
                Ingress = paths.Ingress(),
                Egress = paths.Egress(),
            },
        }, Options);
}
