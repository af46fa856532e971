using System.Text.Json;
using System.Text.Json.Nodes;
using AkiDb.Kubernetes;
using AkiDb.Router.Configuration;
using AkiDb.Router.Model;
using AkiDb.Router.Routing;

namespace AkiDb.Router.Discovery;

/// <summary>
/// Keeps the addresses of backends that live in the cluster up to date: lists EndpointSlices and nodes, then waits for a change
/// or five seconds. While the API is away the last known addresses stay; health checks tell which of them still work.
/// </summary>
internal sealed partial class EndpointDiscovery(RoutingState routing, KubernetesApi? api, ILogger<EndpointDiscovery> log) : BackgroundService
{
    // Nodes are read at this pace, so that an announced interruption is seen in seconds of its two minutes.
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Settle = TimeSpan.FromMilliseconds(100);

    private readonly Dictionary<BackendState, IReadOnlyList<AddressConfig>> _known = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                await RoundAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopping.
        }
    }

    private async Task RoundAsync(CancellationToken stoppingToken)
    {
        var wanting = routing.Model.Backends.Where(backend => backend.Config.Kubernetes is not null).ToList();
        if (wanting.Count == 0 || api is null)
        {
            if (wanting.Count > 0)
            {
                LogOutside(log);
            }

            await Task.Delay(LongestWait, routing.Clock.Time, stoppingToken);
            return;
        }

        try
        {
            var nodes = await api.GetAsync("/api/v1/nodes?resourceVersion=0", stoppingToken);
            var services = new Dictionary<string, JsonNode>(StringComparer.Ordinal);
            foreach (var backend in wanting)
            {
                var path = PathOf(backend.Config.Kubernetes!);
                services.TryAdd(path, await api.GetAsync(path, stoppingToken));
                Apply(backend, EndpointSliceReader.Read(services[path], nodes, backend.Config.Kubernetes!));
            }

            await WaitAsync(services, stoppingToken);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or JsonException or InvalidOperationException
            || (e is OperationCanceledException && !stoppingToken.IsCancellationRequested))
        {
            LogFailure(log, e.Message);
            await Task.Delay(PauseAfterFailure, routing.Clock.Time, stoppingToken);
        }
    }

    private void Apply(BackendModel backend, IReadOnlyList<AddressConfig> addresses)
    {
        if (_known.TryGetValue(backend.State, out var before) && before.SequenceEqual(addresses))
        {
            return;
        }

        _known[backend.State] = addresses;
        backend.State.SetAddresses(backend.Config, routing.Model.Config.Health, addresses, routing.Clock.Now);
        var draining = addresses.Count(address => address.IsDraining);
        LogChange(log, backend.Config.Name, addresses.Count, draining);
    }

    private async Task WaitAsync(Dictionary<string, JsonNode> services, CancellationToken stoppingToken)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        var watches = services.Select(service => api!.WaitForChangeAsync(
            service.Key, service.Value["metadata"]?["resourceVersion"]?.GetValue<string>() ?? "0", LongestWait, enough.Token)).ToList();
        await await Task.WhenAny(watches);
        await enough.CancelAsync();
        // The rest end as cancelled; a roll-out changes many endpoints at once, and one look a moment later sees them together.
        await Task.WhenAll(watches.Select(watch => watch.ContinueWith(
            static done => _ = done.Exception, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default)));
        await Task.Delay(Settle, routing.Clock.Time, stoppingToken);
    }

    private static string PathOf(KubernetesConfig config) =>
        $"/apis/discovery.k8s.io/v1/namespaces/{config.Namespace}/endpointslices?labelSelector=kubernetes.io%2Fservice-name%3D{config.Service}";

    [LoggerMessage(Level = LogLevel.Information, Message = "Backend {Backend} has {Addresses} addresses, {Draining} of them draining.")]
    private static partial void LogChange(ILogger log, string backend, int addresses, int draining);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The Kubernetes API cannot be read; the last known addresses stay: {Reason}")]
    private static partial void LogFailure(ILogger log, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "A backend names a Kubernetes Service, but this is no pod: KUBERNETES_SERVICE_HOST is not set.")]
    private static partial void LogOutside(ILogger log);
}
