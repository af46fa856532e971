using System.Net;
using AkiDb.Contracts;
using AkiDb.Router.Model;
using AkiDb.Router.Routing;

namespace AkiDb.Router.Health;

/// <summary>
/// Asks every address's readiness path at the configured interval. Two failures in a row take an address out, one success brings
/// it back; a draining header in the answer keeps new requests away while those under way finish.
/// </summary>
internal sealed class HealthProbes(RoutingState routing) : BackgroundService
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(50);

    private readonly Dictionary<AddressState, double> _dueAt = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            using var timer = new PeriodicTimer(Tick, routing.Clock.Time);
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                StartDue(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopping.
        }
    }

    /// <summary>Starts the probes that are due; a probe that hangs delays no other.</summary>
    private void StartDue(CancellationToken stoppingToken)
    {
        var model = routing.Model;
        var now = routing.Clock.Now;
        var known = new HashSet<AddressState>();
        foreach (var backend in model.Backends.Where(backend => backend.Config.ActiveHealth))
        {
            foreach (var address in backend.State.Addresses)
            {
                known.Add(address);
                if (!_dueAt.TryGetValue(address, out var due) || now >= due)
                {
                    _dueAt[address] = now + model.Config.Health.ProbeIntervalMs;
                    _ = ProbeAsync(model, backend, address, stoppingToken);
                }
            }
        }

        foreach (var gone in _dueAt.Keys.Where(address => !known.Contains(address)).ToList())
        {
            _dueAt.Remove(gone);
        }
    }

    private async Task ProbeAsync(RouterModel model, BackendModel backend, AddressState address, CancellationToken stoppingToken)
    {
        var health = model.Config.Health;
        using var limit = new CancellationTokenSource(TimeSpan.FromMilliseconds(health.ProbeTimeoutMs), routing.Clock.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stoppingToken);
        var (succeeded, drains) = (false, false);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address.Url + health.ProbePath)
            {
                Version = backend.Config.HttpVersion == 2 ? HttpVersion.Version20 : HttpVersion.Version11,
                VersionPolicy = backend.Config.HttpVersion == 2 ? HttpVersionPolicy.RequestVersionExact : HttpVersionPolicy.RequestVersionOrLower,
            };
            using var response = await backend.Upstream!.Invoker.SendPlainAsync(request, either.Token);
            succeeded = response.IsSuccessStatusCode;
            drains = response.Headers.NonValidated.TryGetValues(RoutingHeaders.Draining, out var value) && value.ToString() != "0";
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException)
        {
            if (stoppingToken.IsCancellationRequested)
            {
                return;
            }
        }

        address.RecordProbe(succeeded, drains, routing.Clock.Now);
        backend.State.RefreshReady(backend.Config, health, routing.Clock.Now);
    }
}
