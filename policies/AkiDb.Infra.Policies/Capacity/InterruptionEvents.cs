using AkiDb.Infra.Plan;
using AkiDb.Infra.Policies.Compute;

namespace AkiDb.Infra.Policies.Capacity;

/// <summary>Karpenter hears of everything that takes a node.</summary>
internal sealed class InterruptionEvents : StackRule
{
    // Karpenter 1.10 and newer; website/content/en/v1.14 … cloudformation.yaml.
    private static readonly string[] Kinds =
    [
        "AWS Health Event", "EC2 Spot Instance Interruption Warning", "EC2 Instance Rebalance Recommendation",
        "EC2 Instance State-change Notification", "EC2 Capacity Reservation Instance Interruption Warning",
    ];

    public override RuleAbout About { get; } = new("karpenter-interruption-events", Severity.High,
        title: "Five EventBridge rules bring interruption notices to Karpenter's queue in every region with NodePools",
        why: "A kind of notice that is not routed is a node that vanishes without its pods being moved.",
        fix: "Declare an aws:cloudwatch/eventRule:EventRule for each kind, with a target that is the queue.");

    protected override IEnumerable<Finding?> Judge(PlanView plan) => plan.OfType(NodeClass.PoolToken).GroupBy(pool => pool.Region).SelectMany(region => Kinds.Select(kind =>
    {
        var rules = plan.OfType("aws:cloudwatch/eventRule:EventRule").Where(rule => rule.Region == region.Key).ToList();
        var routed = rules.Select(rule => rule.Is("eventPattern", Is.Text(pattern => pattern.Contains($"\"{kind}\"", StringComparison.Ordinal)))
            .And(rule.Is("state", Is.AbsentOr(Is.AnyOf("ENABLED", "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS")))).And(HasTarget(plan, rule))).Any();
        return region.First().Must(routed, "", $"no rule in {region.Key} routes '{kind}'", "a rule with the queue as its target");
    }));

    private static Truth HasTarget(PlanView plan, PlannedResource rule) =>
        plan.LinkedTo(rule, "aws:cloudwatch/eventTarget:EventTarget", "rule", "name").Select(link => link.Belongs).Any();
}
