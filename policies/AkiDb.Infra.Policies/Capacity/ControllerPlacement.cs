using AkiDb.Infra.Plan;
using AkiDb.Infra.Plan.Values;

namespace AkiDb.Infra.Policies.Capacity;

/// <summary>Karpenter does not sit on the branch that it saws.</summary>
internal sealed class ControllerPlacement() : ResourceRule("kubernetes:helm.sh/v3:Release")
{
    public override RuleAbout About { get; } = new("karpenter-not-on-its-own-nodes", Severity.High,
        title: "The Karpenter controller does not run on nodes that it launched",
        why: "When its own node goes, nothing is left to launch another one.",
        fix: "Leave the chart's node affinity (karpenter.sh/nodepool DoesNotExist) in place, and select the managed node group.");

    protected override IEnumerable<Finding?> Check(PlannedResource release)
    {
        if (release.TextOr("chart") is not { } chart || !chart.EndsWith("/karpenter", StringComparison.Ordinal) && chart != "karpenter")
            return [];
        return
        [
            release.Must("values.nodeSelector", Selector, "no label of Karpenter's"),
            // The chart's own affinity holds unless it is overridden.
            release.Must("values.affinity", Is.AbsentOr(Affinity), "karpenter.sh/nodepool DoesNotExist"),
        ];
    }

    private static Truth Selector(PlanValue? value) => value switch
    {
        MapValue map => TruthLogic.Of(!map.Entries.Keys.Any(key => key.StartsWith("karpenter.", StringComparison.Ordinal))),
        UnknownValue => Truth.Unknown,
        _ => Truth.Yes,
    };

    private static Truth Affinity(PlanValue? value)
    {
        if (value is not MapValue map || map.At("nodeAffinity") is not { } nodeAffinity)
            return value is UnknownValue ? Truth.Unknown : Truth.Yes;
        return nodeAffinity.At("requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms") switch
        {
            ListValue { Items.Length: > 0 } terms => terms.Items.Select(Excludes).All(),
            UnknownValue => Truth.Unknown,
            _ => Truth.No,
        };
    }

    private static Truth Excludes(PlanValue term) => term.At("matchExpressions") switch
    {
        ListValue expressions => TruthLogic.Of(expressions.Items.Any(expression =>
            expression.At("key") is TextValue { Value: "karpenter.sh/nodepool" } && expression.At("operator") is TextValue { Value: "DoesNotExist" })),
        UnknownValue => Truth.Unknown,
        _ => Truth.No,
    };
}
