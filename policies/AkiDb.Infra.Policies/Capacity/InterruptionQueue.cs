using AkiDb.Infra.Plan;
using AkiDb.Infra.Plan.Values;

namespace AkiDb.Infra.Policies.Capacity;

/// <summary>Old interruption notices are not acted on.</summary>
internal sealed class InterruptionQueue : StackRule
{
    public override RuleAbout About { get; } = new("karpenter-queue-retention", Severity.Medium,
        title: "Karpenter's queue keeps messages for five minutes",
        why: "A spot warning is two minutes; acting on an hour-old one after an outage drains nodes that are long replaced.",
        fix: "Set messageRetentionSeconds to 300.");

    protected override IEnumerable<Finding?> Judge(PlanView plan) => plan.OfType("aws:sqs/queue:Queue").Where(queue => TakesInterruptions(plan, queue))
        .Select(queue => queue.Must("messageRetentionSeconds", Is.AtMost(300), "300 seconds"));

    private static bool TakesInterruptions(PlanView plan, PlannedResource queue) =>
        plan.LinkedTo(queue, "aws:cloudwatch/eventTarget:EventTarget", "arn", "name").Any(link => link.Resource.Dependencies.Select(plan.Find).OfType<PlannedResource>()
            .Concat(plan.OfType("aws:cloudwatch/eventRule:EventRule").Where(rule => plan.Belongs(link.Resource, "rule", rule, "name") == Truth.Yes))
            .Any(rule => rule.Input("eventPattern") is TextValue pattern && pattern.Value.Contains("Spot Instance Interruption Warning", StringComparison.Ordinal)));
}
