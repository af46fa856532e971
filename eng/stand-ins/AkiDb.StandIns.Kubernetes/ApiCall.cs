using Microsoft.AspNetCore.Http;

namespace AkiDb.StandIns.Kubernetes;

/// <summary>A call of the API, taken apart as its authoriser sees it.</summary>
/// <param name="Verb">RBAC verb: get, list, watch, create, update, patch, delete.</param>
/// <param name="Group">API group; empty for the core group.</param>
/// <param name="Namespace">Namespace.</param>
/// <param name="Resource">Plural name.</param>
/// <param name="Name">Name of one object; empty for a collection, unless a field selector names one.</param>
/// <param name="Subresource">Such as <c>scale</c>; empty for none.</param>
public sealed record ApiCall(string Verb, string Group, string Namespace, string Resource, string Name, string Subresource)
{
    /// <summary>Resource as roles name it: <c>deployments/scale</c>.</summary>
    public string FullResource => Subresource.Length == 0 ? Resource : $"{Resource}/{Subresource}";

    /// <summary>Where the object is kept: subresources share it with their resource.</summary>
    internal string Key => $"{Group}/{Namespace}/{Resource}/{Name}";

    /// <summary>Takes a request apart; null for paths that are no namespaced resource.</summary>
    internal static ApiCall? Of(HttpRequest request)
    {
        var parts = (request.Path.Value ?? "").Split('/', StringSplitOptions.RemoveEmptyEntries);
        var (group, rest) = parts switch
        {
            ["api", "v1", .. var core] => ("", core),
            ["apis", var name, _, .. var named] => (name, named),
            _ => ("", []),
        };
        if (rest is not ["namespaces", var space, var resource, .. var last] || last.Length > 2)
        {
            return null;
        }

        var isWatch = request.Query["watch"].ToString() is "1" or "true";
        var selected = Selected(request.Query["fieldSelector"].ToString());
        var verb = (request.Method, last.Length) switch
        {
            ("GET", 0) => isWatch ? "watch" : "list",
            ("GET", _) => "get",
            ("POST", 0) => "create",
            ("PUT", > 0) => "update",
            ("PATCH", > 0) => "patch",
            ("DELETE", > 0) => "delete",
            _ => "",
        };
        return verb.Length == 0 ? null : new ApiCall(verb, group, space, resource, last.Length > 0 ? last[0] : selected, last.Length > 1 ? last[1] : "");
    }

    // A list or watch of one name is authorised like that name (kubernetes.io/docs, RBAC, "Referring to resources").
    private static string Selected(string fieldSelector) =>
        fieldSelector.StartsWith("metadata.name=", StringComparison.Ordinal) ? fieldSelector["metadata.name=".Length..] : "";
}
