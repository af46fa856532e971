namespace AkiDb.StandIns.Kubernetes;

/// <summary>A rule of a Role (rbac.authorization.k8s.io/v1).</summary>
/// <param name="Groups">API groups; empty text for the core group.</param>
/// <param name="Resources">Resources, with subresources as <c>deployments/scale</c>.</param>
/// <param name="Verbs">Verbs.</param>
/// <param name="Names">Names that it is limited to; none for no limit.</param>
public sealed record RoleRule(IReadOnlyList<string> Groups, IReadOnlyList<string> Resources, IReadOnlyList<string> Verbs, IReadOnlyList<string> Names)
{
    /// <summary>Whether the rule grants a call. A create has no name yet, so a rule with names never grants one.</summary>
    public bool Grants(ApiCall call) =>
        Groups.Contains(call.Group) && Resources.Contains(call.FullResource) && Verbs.Contains(call.Verb)
        && (Names.Count == 0 || (call.Verb != "create" && Names.Contains(call.Name)));
}
