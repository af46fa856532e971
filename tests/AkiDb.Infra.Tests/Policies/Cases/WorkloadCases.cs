using AkiDb.TestKit.Plans;

namespace AkiDb.Infra.Tests.Policies.Cases;

public sealed class WorkloadCases : IRuleCases
{
    private const string Deployment = "kubernetes:apps/v1:Deployment";
    private const string Digest = "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

    public IEnumerable<RuleCase> Cases =>
    [
        RuleCase.Of("workload-disruption-budget",
            plan => Rest(plan).Has("kubernetes:policy/v1:PodDisruptionBudget", "budget", "{metadata: {namespace: akidb}, spec: {maxUnavailable: 1, selector: {matchLabels: {app: rest}}}}"),
            plan => Rest(plan).Has("kubernetes:policy/v1:PodDisruptionBudget", "budget", "{metadata: {namespace: akidb}, spec: {maxUnavailable: 1, selector: {matchLabels: {app: router}}}}")),
        RuleCase.One("image-by-digest", Deployment,
            $"spec: {{template: {{spec: {{containers: [{{image: 'akidb/rest@{Digest}'}}]}}}}}}",
            $"spec: {{template: {{spec: {{containers: [{{image: 'akidb/rest@{Digest}'}}], initContainers: [{{image: 'busybox:1.37'}}]}}}}}}"),
        RuleCase.One("helm-version-pinned", "kubernetes:helm.sh/v3:Release", "version: '1.14.1'", "version: '>=1.14'"),
        RuleCase.Of("namespace-default-deny",
            plan => plan.Has("kubernetes:core/v1:Namespace", "space", "metadata: {name: akidb}")
                .Has("kubernetes:networking.k8s.io/v1:NetworkPolicy", "deny", "{metadata: {namespace: akidb}, spec: {podSelector: {}, policyTypes: [Ingress, Egress]}}"),
            plan => plan.Has("kubernetes:core/v1:Namespace", "space", "metadata: {name: akidb}")
                .Has("kubernetes:networking.k8s.io/v1:NetworkPolicy", "deny", "{metadata: {namespace: akidb}, spec: {podSelector: {}, policyTypes: [Ingress, Egress], egress: [{}]}}")),
        RuleCase.One("service-load-balancer-allow-list", "kubernetes:core/v1:Service",
            "{metadata: {annotations: {service.beta.kubernetes.io/aws-load-balancer-scheme: internal}}, spec: {type: LoadBalancer}}", "spec: {type: LoadBalancer, loadBalancerSourceRanges: [0.0.0.0/0]}"),
        RuleCase.One("capacity-spread-min-domains", Deployment, Spread("replicas: 3", "minDomains: 3"), Spread("replicas: 3", "minDomains: 5")),
        RuleCase.Of("capacity-spread-used",
            plan => plan.Has("kubernetes:karpenter.sh/v1:NodePool", "spot", CapacityCases.Pool("spot", "capacity-spread", "s1")).Has(Deployment, "rest", Spread("replicas: 3", "minDomains: 3")),
            plan => plan.Has("kubernetes:karpenter.sh/v1:NodePool", "spot", CapacityCases.Pool("spot", "capacity-spread", "s1")).Has(Deployment, "rest", "spec: {replicas: 3}")),
    ];

    private static PlanBuilder Rest(PlanBuilder plan) =>
        plan.Has(Deployment, "rest", "{metadata: {namespace: akidb}, spec: {replicas: 3, template: {metadata: {labels: {app: rest, tier: query}}}}}");

    private static string Spread(string replicas, string domains) =>
        $"spec: {{{replicas}, template: {{spec: {{topologySpreadConstraints: [{{topologyKey: capacity-spread, whenUnsatisfiable: DoNotSchedule, {domains}}}]}}}}}}";
}
