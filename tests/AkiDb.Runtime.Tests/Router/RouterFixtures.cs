using AkiDb.Router.Configuration;
using AkiDb.Router.Measurement;
using AkiDb.Router.Model;
using AkiDb.Router.Routing;
using AkiDb.TestKit;

namespace AkiDb.Runtime.Tests.Router;

/// <summary>The specification's four backends and a clock to move.</summary>
internal sealed class RouterFixtures
{
    public const string Jetson = "jetson";
    public const string Spot = "spot";
    public const string Lambda = "lambda";
    public const string OnDemand = "on-demand";

    public RouterFixtures(RouterConfig? config = null)
    {
        Clock = new RouterClock(Time);
        Time.Advance(TimeSpan.FromMinutes(1));
        Model = RouterModel.Build(config ?? Specification(), null, Clock.Now);
        Routing = new RoutingState(Model, Clock, seed: 7);
    }

    public ManualTime Time { get; } = new();

    public RouterClock Clock { get; }

    public RouterModel Model { get; }

    public RoutingState Routing { get; }

    public BackendModel this[string name] => Model.Backends.Single(backend => backend.Config.Name == name);

    public static RouterConfig Specification() => new()
    {
        Cluster = "test",
        Region = "us-east-1",
        Backends =
        [
            Backend(Jetson, BackendKind.Jetson, 0.8m, 1_650, 25, addresses: 5),
            Backend(Spot, BackendKind.Spot, 2.0m, 600, 14.5, addresses: 3),
            Backend(Lambda, BackendKind.Lambda, 4.2m, null, 50, addresses: 1),
            Backend(OnDemand, BackendKind.OnDemand, 6.0m, null, 14.5, addresses: 1),
        ],
    };

    public static BackendConfig Backend(string name, BackendKind kind, decimal cost, double? capacity, double p95, int addresses) => new()
    {
        Name = name,
        Kind = kind,
        Region = "us-east-1",
        CostPerMillionUsd = cost,
        CapacityRps = capacity,
        ExpectedComputeP95Ms = p95,
        Addresses = [.. Enumerable.Range(1, addresses).Select(i => new AddressConfig($"http://{name}-{i}:8080"))],
    };

    /// <summary>Puts a load on a backend, as a share of its capacity.</summary>
    public void Load(string name, double share) => this[name].State.OthersRps = share * this[name].Config.CapacityRps!.Value;

    public RouteDecision Select(double budgetMs, string? excluded = null) =>
        Routing.Select(Model, budgetMs, excluded is null ? null : this[excluded], Clock.Now);

    public void EjectAll(string name)
    {
        var backend = this[name];
        foreach (var address in backend.State.Addresses)
        {
            address.RecordFailure(Model.Config.Health, Clock.Now);
            address.RecordFailure(Model.Config.Health, Clock.Now);
        }

        backend.State.RefreshReady(backend.Config, Model.Config.Health, Clock.Now);
    }
}
