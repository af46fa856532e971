using AkiDb.Infra.Plan;
using AkiDb.Infra.Plan.Values;
using AkiDb.StandIns.Kubernetes;

namespace AkiDb.TestKit.Kubernetes;

/// <summary>Reads the rules of a Role that a plan declares, so that the fake API server grants just what the infrastructure does.</summary>
public static class DeclaredRole
{
    /// <summary>The rules of a plan's Role.</summary>
    public static IReadOnlyList<RoleRule> Rules(PlannedResource role) =>
        [.. ((ListValue)role.Input("rules")!).Items.Select(rule => new RoleRule(
            Texts(rule, "apiGroups"), Texts(rule, "resources"), Texts(rule, "verbs"), Texts(rule, "resourceNames")))];

    private static IReadOnlyList<string> Texts(PlanValue rule, string key) =>
        rule.At(key) is ListValue list ? [.. list.Items.Select(item => ((TextValue)item).Value)] : [];
}
