using System.Text.Json.Nodes;
using AkiDb.Kubernetes;

namespace AkiDb.Predictor.Autoscaling;

/// <summary>
/// A horizontal pod autoscaler, through its <c>minReplicas</c>: it goes on scaling by its own metrics and never below what is set
/// here, so that two controllers of one number do not fight.
/// </summary>
internal sealed class HpaTarget(KubernetesApi api, string space, string name) : IScaleTarget
{
    private readonly string _path = $"/apis/autoscaling/v2/namespaces/{space}/horizontalpodautoscalers/{name}";

    public string Name => $"hpa/{name}";

    public async Task<TargetScale> ReadAsync(CancellationToken cancellationToken)
    {
        var hpa = await api.GetAsync(_path, cancellationToken);
        // Absent means 1 (autoscaling/v2, HorizontalPodAutoscalerSpec).
        return new TargetScale(hpa["spec"]?["minReplicas"]?.GetValue<int>() ?? 1, hpa["metadata"]!["resourceVersion"]!.GetValue<string>());
    }

    public Task WriteAsync(TargetScale read, int replicas, CancellationToken cancellationToken) => api.PatchAsync(_path, new JsonObject
    {
        ["metadata"] = new JsonObject { ["resourceVersion"] = read.Version },
        ["spec"] = new JsonObject { ["minReplicas"] = replicas },
    }, cancellationToken);

    public JsonObject Reference() =>
        new() { ["apiVersion"] = "autoscaling/v2", ["kind"] = "HorizontalPodAutoscaler", ["namespace"] = space, ["name"] = name };
}
