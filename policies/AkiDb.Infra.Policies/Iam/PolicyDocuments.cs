using System.Collections.Frozen;
using AkiDb.Infra.Plan;

namespace AkiDb.Infra.Policies.Iam;

/// <summary>Where policy documents stand in resources.</summary>
internal static class PolicyDocuments
{
    /// <summary>Types that give permissions to an identity, with the inputs that hold the documents.</summary>
    public static FrozenDictionary<string, string> Identity { get; } = new Dictionary<string, string>
    {
        ["aws:iam/policy:Policy"] = "policy",
        ["aws:iam/rolePolicy:RolePolicy"] = "policy",
        ["aws:iam/userPolicy:UserPolicy"] = "policy",
        ["aws:iam/groupPolicy:GroupPolicy"] = "policy",
        ["aws:iam/role:Role"] = "inlinePolicies",
    }.ToFrozenDictionary();

    /// <summary>Paths of the identity documents of <paramref name="resource"/>.</summary>
    public static IEnumerable<string> IdentityPaths(PlannedResource resource) => Identity.GetValueOrDefault(resource.Type) switch
    {
        null => [],
        "inlinePolicies" => resource.Items("inlinePolicies").Select(path => $"{path}.policy"),
        var path => [path],
    };
}
