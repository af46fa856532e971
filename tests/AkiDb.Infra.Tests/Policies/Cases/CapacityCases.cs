using AkiDb.TestKit.Plans;

namespace AkiDb.Infra.Tests.Policies.Cases;

public sealed class CapacityCases : IRuleCases
{
    private const string PoolType = "kubernetes:karpenter.sh/v1:NodePool";
    private const string ClassType = "kubernetes:karpenter.k8s.aws/v1:EC2NodeClass";
    private const string Release = "kubernetes:helm.sh/v3:Release";

    private static readonly string[] Events =
    [
        "AWS Health Event", "EC2 Spot Instance Interruption Warning", "EC2 Instance Rebalance Recommendation",
        "EC2 Instance State-change Notification", "EC2 Capacity Reservation Instance Interruption Warning",
    ];

    public IEnumerable<RuleCase> Cases =>
    [
        RuleCase.One("nodepool-instance-diversity", PoolType,
            Pool("spot", "karpenter.k8s.aws/instance-family", "c7g, m7g, r7g, c6g"),
            // The specification's own mistake: ten types that generation > 6 cuts down.
            Requirements("{key: kubernetes.io/arch, operator: In, values: [arm64]}", "{key: karpenter.sh/capacity-type, operator: In, values: [spot]}",
                "{key: karpenter.k8s.aws/instance-generation, operator: Gt, values: ['6']}",
                "{key: node.kubernetes.io/instance-type, operator: In, values: [c6g.xlarge, c6g.2xlarge, c6gn.xlarge, c6gn.2xlarge, c7g.xlarge, c7g.2xlarge, c7gn.xlarge, c7gn.2xlarge, m7g.xlarge, m7g.2xlarge]}")),
        RuleCase.One("nodepool-spot-consolidation", PoolType,
            Pool("spot", "karpenter.k8s.aws/instance-family", "c7g, m7g, r7g, c6g"), Pool("spot", "karpenter.k8s.aws/instance-size", "xlarge", ", {key: karpenter.k8s.aws/instance-category, operator: In, values: [c]}")),
        RuleCase.One("nodepool-limits", PoolType, "spec: {limits: {cpu: '200', memory: 800Gi}}", "spec: {limits: {cpu: '200'}}"),
        RuleCase.Of("karpenter-current-api", plan => plan.Has(PoolType, "pool"), plan => plan.Has("kubernetes:karpenter.sh/v1alpha5:Provisioner", "pool")),
        RuleCase.One("nodeclass-image-pinned", ClassType, "spec: {amiSelectorTerms: [{alias: al2023@v20260801}]}", "spec: {amiSelectorTerms: [{alias: al2023@latest}]}"),
        RuleCase.Of("capacity-spread-disjoint",
            plan => plan.Has(PoolType, "a", Pool("spot", "capacity-spread", "s1, s2")).Has(PoolType, "b", Pool("on-demand", "capacity-spread", "d1")),
            plan => plan.Has(PoolType, "a", Pool("spot", "capacity-spread", "s1, s2")).Has(PoolType, "b", Pool("on-demand", "capacity-spread", "s2"))),
        RuleCase.Of("spot-share",
            plan => plan.Has(PoolType, "a", Pool("spot", "capacity-spread", "s1, s2")).Has(PoolType, "b", Pool("on-demand", "capacity-spread", "d1")),
            plan => plan.Has(PoolType, "a", Pool("spot, on-demand", "capacity-spread", "s1, s2, s3"))),
        RuleCase.One("karpenter-not-on-its-own-nodes", Release,
            "{chart: 'oci://public.ecr.aws/karpenter/karpenter', values: {nodeSelector: {akidb.io/pool: baseline}}}",
            "{chart: 'oci://public.ecr.aws/karpenter/karpenter', values: {affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: [{matchExpressions: [{key: kubernetes.io/arch, operator: Exists}]}]}}}}}"),
        RuleCase.Of("karpenter-has-a-home",
            plan => plan.Has("aws:eks/nodeGroup:NodeGroup", "baseline").Has(PoolType, "pool"),
            plan => plan.Has("aws:eks/nodeGroup:NodeGroup", "baseline").In("eu-central-1").Has(PoolType, "pool")),
        RuleCase.Of("karpenter-interruption-events", plan => Routed(plan, Events), plan => Routed(plan, Events[..4])),
        RuleCase.Of("karpenter-queue-retention",
            plan => Routed(plan.Has("aws:sqs/queue:Queue", "queue", "{name: akidb, messageRetentionSeconds: 300}"), Events),
            plan => Routed(plan.Has("aws:sqs/queue:Queue", "queue", "{name: akidb, messageRetentionSeconds: 86400}"), Events)),
        RuleCase.Of("node-role-admitted",
            plan => plan.Has(ClassType, "class", "spec: {role: node}").Has("aws:eks/accessEntry:AccessEntry", "nodes", "{type: EC2_LINUX, principalArn: 'arn:aws:iam::111122223333:role/node'}"),
            plan => plan.Has(ClassType, "class", "spec: {role: node}").Has("aws:eks/accessEntry:AccessEntry", "nodes", "{type: STANDARD, principalArn: 'arn:aws:iam::111122223333:role/node'}")),
    ];

    /// <summary>A pool of one capacity type (or several) with one more requirement.</summary>
    public static string Pool(string capacity, string key, string values, string more = "") => Requirements(
        "{key: kubernetes.io/arch, operator: In, values: [arm64]}", $"{{key: karpenter.sh/capacity-type, operator: In, values: [{capacity}]}}", $"{{key: {key}, operator: In, values: [{values}]}}{more}");

    private static string Requirements(params string[] requirements) => $"spec: {{template: {{spec: {{requirements: [{string.Join(", ", requirements)}]}}}}}}";

    private static PlanBuilder Routed(PlanBuilder plan, string[] events)
    {
        plan.Has(PoolType, "pool");
        foreach (var (kind, index) in events.Select((kind, index) => (kind, index)))
        {
            plan.Has("aws:cloudwatch/eventRule:EventRule", $"rule{index}", $"{{name: rule{index}, eventPattern: !json {{detail-type: ['{kind}']}}}}")
                .Has("aws:cloudwatch/eventTarget:EventTarget", $"target{index}", $"{{rule: rule{index}, arn: 'arn:aws:sqs:us-east-1:111122223333:akidb'}}");
        }

        return plan;
    }
}
