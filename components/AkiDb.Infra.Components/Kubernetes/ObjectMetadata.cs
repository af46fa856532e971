using AkiDb.Contracts;
using Pulumi;
using Pulumi.Kubernetes.Types.Inputs.Meta.V1;

namespace AkiDb.Infra.Components.Kubernetes;

/// <summary>Names and labels of Kubernetes objects, the same way everywhere.</summary>
internal static class ObjectMetadata
{
    /// <summary>Label that selects the pods of a service.</summary>
    public const string App = "app.kubernetes.io/name";

    /// <summary>An object in AkiDB's namespace.</summary>
    public static ObjectMetaArgs InAkiDb(string name) => In(ServiceNames.Namespace, name);

    /// <summary>An object in a namespace.</summary>
    public static ObjectMetaArgs In(string space, string name) => new()
    {
        Name = name,
        Namespace = space,
        Labels = Labels(name),
    };

    /// <summary>An object of the whole cluster.</summary>
    public static ObjectMetaArgs ClusterWide(string name) => new() { Name = name };

    /// <summary>Labels of a service's objects and pods.</summary>
    public static InputMap<string> Labels(string app) => new() { [App] = app, ["app.kubernetes.io/part-of"] = "akidb" };

    /// <summary>Selects the pods of a service.</summary>
    public static LabelSelectorArgs Selector(string app) => new() { MatchLabels = { [App] = app } };
}
