using AkiDb.Kubernetes;

namespace AkiDb.Predictor.Autoscaling;

/// <summary>Reads the off-switch ConfigMap and keeps what it last said.</summary>
internal sealed class SwitchReader(KubernetesApi api, string space, string name)
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(5);

    private readonly string _collection = $"/api/v1/namespaces/{space}/configmaps";
    private volatile SwitchState _current = SwitchState.Unknown;
    private volatile string _version = "0";

    /// <summary>What it said when it could last be read.</summary>
    public SwitchState Current => _current;

    /// <summary>Reads it. A ConfigMap that is not there switches forecasts off.</summary>
    /// <exception cref="HttpRequestException">It cannot be read; what it last said stays.</exception>
    public async Task ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            var map = await api.GetAsync($"{_collection}/{name}", cancellationToken);
            (_current, _version) = (SwitchState.Of(map), map["metadata"]?["resourceVersion"]?.ToString() ?? "0");
        }
        catch (KubernetesException e) when (e.IsNotFound)
        {
            // Any version: a watch from the one of what was deleted would end at once, each time.
            (_current, _version) = (SwitchState.Unknown, "0");
        }
    }

    /// <summary>Waits until it changes, the API ends the watch, or five minutes are over.</summary>
    /// <exception cref="HttpRequestException">The API refused or cannot be reached.</exception>
    /// <exception cref="IOException">The connection broke.</exception>
    public Task WaitForChangeAsync(CancellationToken cancellationToken) =>
        // One name in the selector: that is what the Role's watch of one ConfigMap allows.
        api.WaitForChangeAsync($"{_collection}?fieldSelector=metadata.name%3D{name}", _version, LongestWait, cancellationToken);
}
