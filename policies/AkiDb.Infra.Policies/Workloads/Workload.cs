using AkiDb.Infra.Plan;
using AkiDb.Infra.Plan.Values;

namespace AkiDb.Infra.Policies.Workloads;

/// <summary>Kubernetes objects that run pods.</summary>
internal static class Workload
{
    public const string Deployment = "kubernetes:apps/v1:Deployment";
    public const string StatefulSet = "kubernetes:apps/v1:StatefulSet";

    /// <summary>Every type that has a pod template.</summary>
    public static readonly string[] Types =
        [Deployment, StatefulSet, "kubernetes:apps/v1:DaemonSet", "kubernetes:batch/v1:Job", "kubernetes:batch/v1:CronJob"];

    private static readonly string[] ContainerLists = ["containers", "initContainers"];

    /// <summary>Path of the pod template.</summary>
    public static string Template(PlannedResource workload) =>
        workload.Type == "kubernetes:batch/v1:CronJob" ? "spec.jobTemplate.spec.template" : "spec.template";

    /// <summary>Paths of the containers, init containers included.</summary>
    public static IEnumerable<string> Containers(PlannedResource workload) => ContainerLists
        .SelectMany(kind => workload.Items($"{Template(workload)}.spec.{kind}"));

    /// <summary>Namespace of any Kubernetes object; null where it is not known.</summary>
    public static string? NamespaceOf(PlannedResource resource) => resource.Input("metadata.namespace") switch
    {
        TextValue text => text.Value,
        null => "default",
        _ => null,
    };

    /// <summary>Whether every label of the selector at <paramref name="path"/> stands on the workload's pods.</summary>
    public static Truth Selects(PlannedResource selector, string path, PlannedResource workload) => selector.Input(path) switch
    {
        MapValue { Entries.Count: 0 } => Truth.Yes,
        MapValue labels => labels.Entries.Select(label => label.Value is UnknownValue ? Truth.Unknown
            : TruthLogic.Of(workload.Input(PropertyPath.Append($"{Template(workload)}.metadata.labels", label.Key))?.Equals(label.Value) == true)).All(),
        UnknownValue => Truth.Unknown,
        _ => Truth.No,
    };

    /// <summary>True if both stand in the same cluster, as far as the plan tells: the same provider.</summary>
    public static bool SameCluster(PlannedResource left, PlannedResource right) => left.Provider == right.Provider;
}
