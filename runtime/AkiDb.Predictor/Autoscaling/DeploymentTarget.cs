using System.Text.Json.Nodes;
using AkiDb.Kubernetes;

namespace AkiDb.Predictor.Autoscaling;

/// <summary>A Deployment, through its <c>scale</c> subresource: no more of it can be read or changed.</summary>
internal sealed class DeploymentTarget(KubernetesApi api, string space, string name) : IScaleTarget
{
    private readonly string _path = $"/apis/apps/v1/namespaces/{space}/deployments/{name}/scale";

    public string Name => $"deployment/{name}";

    public async Task<TargetScale> ReadAsync(CancellationToken cancellationToken)
    {
        var scale = await api.GetAsync(_path, cancellationToken);
        // Absent means 0: the API leaves zero values out.
        return new TargetScale(scale["spec"]?["replicas"]?.GetValue<int>() ?? 0, scale["metadata"]!["resourceVersion"]!.GetValue<string>());
    }

    public Task WriteAsync(TargetScale read, int replicas, CancellationToken cancellationToken) => api.PatchAsync(_path, new JsonObject
    {
        ["metadata"] = new JsonObject { ["resourceVersion"] = read.Version },
        ["spec"] = new JsonObject { ["replicas"] = replicas },
    }, cancellationToken);

    public JsonObject Reference() => new() { ["apiVersion"] = "apps/v1", ["kind"] = "Deployment", ["namespace"] = space, ["name"] = name };
}
