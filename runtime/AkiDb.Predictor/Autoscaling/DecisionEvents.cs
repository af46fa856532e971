using System.Text.Json.Nodes;
using AkiDb.Contracts;
using AkiDb.Kubernetes;

namespace AkiDb.Predictor.Autoscaling;

/// <summary>Tells of changes as Events (events.k8s.io/v1), so that <c>kubectl describe</c> shows them at the target.</summary>
internal sealed class DecisionEvents(KubernetesApi api, string space, string instance, TimeProvider time)
{
    // The API refuses longer notes.
    private const int LongestNote = 1_024;

    /// <summary>Tells of a change.</summary>
    /// <exception cref="HttpRequestException">The API refused or cannot be reached.</exception>
    public Task<JsonNode> ScaledAsync(IScaleTarget target, ScalingDecision decision, CancellationToken cancellationToken)
    {
        var note = $"{decision.Before} to {decision.Replicas} replicas: {decision.Reason}. {decision.Basis}";
        return api.CreateAsync($"/apis/events.k8s.io/v1/namespaces/{space}/events", new JsonObject
        {
            ["apiVersion"] = "events.k8s.io/v1",
            ["kind"] = "Event",
            ["metadata"] = new JsonObject { ["generateName"] = $"{ServiceNames.PredictiveAutoscaler}-", ["namespace"] = space },
            ["eventTime"] = LeaseElection.MicroTime(time.GetUtcNow()),
            ["reportingController"] = $"{ServiceNames.Namespace}/{ServiceNames.PredictiveAutoscaler}",
            ["reportingInstance"] = instance,
            ["action"] = "Scale",
            ["reason"] = decision.Reason.ToString(),
            ["regarding"] = target.Reference(),
            ["note"] = note[..Math.Min(note.Length, LongestNote)],
            ["type"] = "Normal",
        }, cancellationToken);
    }
}
