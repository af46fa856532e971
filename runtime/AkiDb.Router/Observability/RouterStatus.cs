using AkiDb.Router.Configuration;
using AkiDb.Router.Load;
using AkiDb.Router.Model;
using AkiDb.Router.Routing;

namespace AkiDb.Router.Observability;

/// <summary>A picture of the router for people and tools.</summary>
internal sealed record RouterStatus(
    string Cluster, string Region, decimal SpentUsd, decimal OnDemandUsd, string SharedLoad,
    IReadOnlyList<BackendStatus> Backends, IReadOnlyList<string> ConfigErrors)
{
    public decimal SavedUsd => OnDemandUsd - SpentUsd;

    /// <summary>Saving as a share of what everything on demand would have cost; 0 before the first request.</summary>
    public decimal SavedShare => OnDemandUsd == 0 ? 0 : SavedUsd / OnDemandUsd;

    public static RouterStatus Of(RoutingState routing, LoadExchange? load, IReadOnlyList<ConfigError> errors)
    {
        var model = routing.Model;
        var now = routing.Clock.Now;
        var ledgers = model.Backends.Select(backend => backend.State.Ledger.Read()).ToList();
        var shared = load switch
        {
            null => "off",
            _ when load.IsFresh(now) => $"fresh, {load.Peers} other routers",
            _ => "lost, using this router's own estimate",
        };
        return new RouterStatus(
            model.Config.Cluster, model.Config.Region, ledgers.Sum(money => money.SpentUsd), ledgers.Sum(money => money.OnDemandUsd), shared,
            [.. model.Backends.Select(backend => BackendStatus.Of(backend, now))], [.. errors.Select(error => error.ToString())]);
    }
}

/// <summary>One backend in the picture.</summary>
internal sealed record BackendStatus(
    string Name, string Kind, string Region, decimal CostPerMillionUsd, double P95Ms, int Samples, double LocalRps, double LoadRps, double? CapacityRps,
    double Admission, int InFlight, long Attempts, decimal SpentUsd, IReadOnlyList<AddressStatus> Addresses)
{
    public static BackendStatus Of(BackendModel backend, double nowMs)
    {
        var state = backend.State;
        var capacity = state.Ready.CapacityRps;
        return new BackendStatus(
            backend.Config.Name, BackendKinds.NameOf(backend.Config.Kind), backend.Config.Region, backend.Config.CostPerMillionUsd,
            state.P95Ms, state.Samples, state.LocalRps(nowMs), state.LoadRps(nowMs), double.IsFinite(capacity) ? capacity : null,
            state.Admission, state.InFlight, state.Ledger.Attempts, state.Ledger.Read().SpentUsd,
            [.. state.Addresses.Select(AddressStatus.Of)]);
    }
}

/// <summary>One address in the picture.</summary>
internal sealed record AddressStatus(string Url, string State, int InFlight, double EwmaMs)
{
    public static AddressStatus Of(AddressState address)
    {
        var state = address switch
        {
            { IsDraining: true } => "draining",
            { IsEjected: true } => "ejected",
            { FailsProbes: true } => "not ready",
            _ => "ready",
        };
        return new AddressStatus(address.Url, state, address.InFlight, address.EwmaMs);
    }
}
