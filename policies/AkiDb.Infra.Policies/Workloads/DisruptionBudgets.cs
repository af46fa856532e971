namespace AkiDb.Infra.Policies.Workloads;

/// <summary>A drain never takes a whole service.</summary>
internal sealed class DisruptionBudgets : StackRule
{
    public override RuleAbout About { get; } = new("workload-disruption-budget", Severity.High,
        title: "Every Deployment and StatefulSet has a PodDisruptionBudget",
        why: "Karpenter drains spot nodes all day; without a budget two drains at once take every replica.",
        fix: "Declare a kubernetes:policy/v1:PodDisruptionBudget whose selector matches the pods.");

    protected override IEnumerable<Finding?> Judge(PlanView plan) => plan.OfType(Workload.Deployment, Workload.StatefulSet)
        .Where(workload => workload.Is("spec.replicas", Is.AtMost(0)) != Truth.Yes)
        .Select(workload => workload.Must(plan.OfType("kubernetes:policy/v1:PodDisruptionBudget")
                .Where(budget => Workload.SameCluster(budget, workload) && Workload.NamespaceOf(budget) == Workload.NamespaceOf(workload))
                .Select(budget => Workload.Selects(budget, "spec.selector.matchLabels", workload)).Any(),
            "", "no disruption budget", "a PodDisruptionBudget that selects its pods"));
}
