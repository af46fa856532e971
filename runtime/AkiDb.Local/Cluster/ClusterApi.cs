using AkiDb.Contracts;
using AkiDb.StandIns.Kubernetes;

namespace AkiDb.Local.Cluster;

/// <summary>The API server that the autoscaler talks to: it keeps the readers' Deployment, whose replicas the pool then follows.</summary>
internal sealed class ClusterApi : IAsyncDisposable
{
    private const string Space = ServiceNames.Namespace;
    private const string EventGroup = "events.k8s.io";

    // What the declared Role grants (components, PredictiveScaling).
    private static readonly RoleRule[] Rights =
    [
        new(["apps"], ["deployments/scale"], ["get", "patch"], [ServiceNames.SearchEngine]),
        new(["apps"], ["deployments"], ["get"], [ServiceNames.SearchEngine]),
        new([""], ["configmaps"], ["get", "watch"], [ServiceNames.PredictiveAutoscaler]),
        new(["coordination.k8s.io"], ["leases"], ["get", "update", "patch"], [ServiceNames.PredictiveAutoscaler]),
        new(["coordination.k8s.io"], ["leases"], ["create"], []),
        new([EventGroup], ["events"], ["create", "patch"], []),
    ];

    private readonly FakeApiServer _server;
    private int _reported = -1;

    private ClusterApi(FakeApiServer server) => _server = server;

    public Uri Url => _server.Url;

    public string TokenFile => _server.TokenFile;

    public string AuthorityFile => _server.AuthorityFile;

    /// <summary>Readers that the Deployment is told to have.</summary>
    public int Replicas => _server.Replicas(Space, ServiceNames.SearchEngine);

    /// <summary>Starts with a Deployment of the fewest readers.</summary>
    /// <param name="folder">Gets token and authority.</param>
    /// <param name="minReaders">Fewest readers.</param>
    /// <param name="maxReaders">Most readers.</param>
    public static async Task<ClusterApi> StartAsync(string folder, int minReaders, int maxReaders)
    {
        var server = await FakeApiServer.StartAsync(Rights, folder);
        server.PutDeployment(Space, ServiceNames.SearchEngine, minReaders);
        server.PutConfigMap(Space, ServiceNames.PredictiveAutoscaler, (ScalingSwitchKeys.Enabled, "true"),
            (ScalingSwitchKeys.MinReplicas, $"{minReaders}"), (ScalingSwitchKeys.MaxReplicas, $"{maxReaders}"));
        return new ClusterApi(server);
    }

    /// <summary>Tells the Deployment how many readers to have, as a person would.</summary>
    public void Scale(int replicas) => _server.PutDeployment(Space, ServiceNames.SearchEngine, replicas);

    /// <summary>Says, as the Deployment's controller does, how many readers there are.</summary>
    public void Report(int replicas)
    {
        if (_reported != replicas)
        {
            _reported = replicas;
            _server.PutStatus(Space, ServiceNames.SearchEngine, replicas);
        }
    }

    /// <summary>The notes of the Events that the autoscaler has told since the last call.</summary>
    public IReadOnlyList<string> TakeDecisions()
    {
        var told = _server.List(EventGroup, Space, "events");
        foreach (var name in told.Select(one => one["metadata"]!["name"]!.ToString()))
        {
            _server.Remove(EventGroup, Space, "events", name);
        }

        return [.. told.Select(one => one["note"]?.ToString() ?? "")];
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
