using AkiDb.Infra.Plan;

namespace AkiDb.Infra.Policies.Workloads;

/// <summary>Spreading over capacity types really spreads.</summary>
internal sealed class SpreadMinDomains() : ResourceRule(Workload.Deployment, Workload.StatefulSet)
{
    /// <summary>Label that splits nodes into spot and on-demand domains.</summary>
    public const string TopologyKey = "capacity-spread";

    public override RuleAbout About { get; } = new("capacity-spread-min-domains", Severity.High,
        title: "Spread constraints over capacity set minDomains, and no more than there are replicas",
        why: "The scheduler knows only the domains of nodes that exist: without minDomains every pod goes to the first nodes, and the spot share is luck. More domains than replicas leave pods pending.",
        fix: "Set whenUnsatisfiable DoNotSchedule and minDomains between 2 and the number of replicas.");

    protected override IEnumerable<Finding?> Check(PlannedResource workload) => workload.Items("spec.template.spec.topologySpreadConstraints")
        .Where(path => workload.Is($"{path}.topologyKey", Is.Text(key => key.EndsWith(TopologyKey, StringComparison.Ordinal))) == Truth.Yes)
        .SelectMany(path => new[]
        {
            workload.Must($"{path}.whenUnsatisfiable", Is.AnyOf("DoNotSchedule"), "DoNotSchedule"),
            workload.Must($"{path}.minDomains", Is.AtLeast(2), "2 or more"),
            workload.Input("spec.replicas").AsNumber() is { } replicas and > 0
                ? workload.Must($"{path}.minDomains", Is.AbsentOr(Is.AtMost(replicas)), FormattableString.Invariant($"{replicas} or less, the number of replicas"))
                : null,
        });
}
