using AkiDb.Infra.Plan;
using AkiDb.Infra.Plan.Values;

namespace AkiDb.Infra.Policies.Workloads;

/// <summary>Pods reach only what they are meant to.</summary>
internal sealed class DefaultDeny : StackRule
{
    public override RuleAbout About { get; } = new("namespace-default-deny", Severity.High,
        title: "Every namespace denies traffic by default",
        why: "One broken service otherwise reaches every other, in every namespace.",
        fix: "Declare a kubernetes:networking.k8s.io/v1:NetworkPolicy with an empty podSelector, policyTypes Ingress and Egress, and no rule; allow paths beside it.");

    protected override IEnumerable<Finding?> Judge(PlanView plan) => plan.OfType("kubernetes:core/v1:Namespace").Select(space =>
    {
        var name = space.TextOr("metadata.name");
        var denials = plan.OfType("kubernetes:networking.k8s.io/v1:NetworkPolicy")
            .Where(policy => Workload.SameCluster(policy, space) && IsDenial(policy) == Truth.Yes)
            .Select(policy => policy.Input("metadata.namespace") switch
            {
                TextValue text when name is not null => TruthLogic.Of(text.Value == name),
                _ => policy.Dependencies.Contains(space.Urn.ToString()) ? Truth.Yes : Truth.No,
            });
        return space.Must(denials.Any(), "", "no default-deny policy", "a NetworkPolicy that denies ingress and egress of every pod");
    });

    private static Truth IsDenial(PlannedResource policy) => policy.Is("spec.podSelector.matchLabels", Is.Absent)
        .And(policy.Is("spec.podSelector.matchExpressions", Is.Absent))
        .And(policy.Is("spec.policyTypes", Is.ListWith("Ingress", "Egress")))
        .And(policy.Is("spec.ingress", Is.Absent)).And(policy.Is("spec.egress", Is.Absent));
}
