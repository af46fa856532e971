using AkiDb.Router.Configuration;
using AkiDb.Router.Proxy;

namespace AkiDb.Router.Model;

/// <summary>A backend as routing sees it: its settings, its place in the order of cost, and the state it shares with other models.</summary>
/// <param name="Config">Settings.</param>
/// <param name="Index">Place in <see cref="RouterModel.ByCost"/>.</param>
/// <param name="State">What is measured.</param>
public sealed record BackendModel(BackendConfig Config, int Index, BackendState State)
{
    /// <summary>Connections; null where nothing is sent, as in a replay. Kept by the models that use it, never closed under a request.</summary>
    internal Upstream? Upstream { get; init; }
}

/// <summary>
/// The settings in the shape that requests need, immutable. A change of configuration makes a new one and swaps it in one
/// write; a request keeps the model it began with. The states inside are shared between successive models.
/// </summary>
public sealed class RouterModel
{
    private readonly BackendModel[] _byCost;
    private readonly RouteModel[] _routes;

    private RouterModel(RouterConfig config, BackendModel[] byCost, RouteModel[] routes)
    {
        Config = config;
        _byCost = byCost;
        _routes = routes;
        OnDemandCostPerMillionUsd = byCost.Where(backend => backend.Config.Kind == BackendKind.OnDemand)
            .Select(backend => backend.Config.CostPerMillionUsd)
            .DefaultIfEmpty(byCost.Max(backend => backend.Config.CostPerMillionUsd)).Max();
    }

    public RouterConfig Config { get; }

    /// <summary>Backends, cheapest first; then the faster by expectation, then the order of the file.</summary>
    public ReadOnlySpan<BackendModel> ByCost => _byCost;

    /// <summary>Backends, cheapest first, for code that cannot hold a span.</summary>
    public IReadOnlyList<BackendModel> Backends => _byCost;

    /// <summary>Price that savings are measured against: the on-demand backend's, or the dearest where there is none.</summary>
    public decimal OnDemandCostPerMillionUsd { get; }

    /// <summary>Every route, the catch-all last.</summary>
    public IReadOnlyList<RouteModel> Routes => _routes;

    /// <summary>Builds a model, taking states of backends with the same name from <paramref name="previous"/>.</summary>
    /// <param name="config">Checked settings.</param>
    /// <param name="previous">The model in use; null at the start.</param>
    /// <param name="nowMs">The router's clock.</param>
    /// <param name="hedge">What upstreams are made with; null for a model that sends nothing.</param>
    internal static RouterModel Build(RouterConfig config, RouterModel? previous, double nowMs, Hedge? hedge = null)
    {
        var known = previous?._byCost.ToDictionary(backend => backend.Config.Name, StringComparer.Ordinal) ?? [];
        var byCost = config.Backends
            .OrderBy(backend => backend.CostPerMillionUsd)
            .ThenBy(backend => backend.ExpectedP95Ms)
            .Select((backend, i) =>
            {
                var before = known.GetValueOrDefault(backend.Name);
                return new BackendModel(backend, i, before?.State ?? new BackendState(backend.Name))
                {
                    Upstream = hedge is null ? null : Upstream.KeepOrCreate(before?.Upstream, backend, config.Timeouts, hedge),
                };
            })
            .ToArray();
        foreach (var backend in byCost.Where(backend => backend.Config.Kubernetes is null))
        {
            backend.State.SetAddresses(backend.Config, config.Health, backend.Config.Addresses, nowMs);
        }

        var model = new RouterModel(config, byCost, [.. config.Routes.Append(RouteModel.CatchAll).Select((route, i) => new RouteModel(route, i))]);
        foreach (var backend in byCost)
        {
            backend.State.Ledger.SetPrices(backend.Config.CostPerMillionUsd, model.OnDemandCostPerMillionUsd);
        }

        return model;
    }

    /// <summary>The first route that covers <paramref name="path"/>.</summary>
    public RouteModel RouteOf(string path)
    {
        foreach (var route in _routes)
        {
            if (route.Covers(path))
            {
                return route;
            }
        }

        return _routes[^1];
    }
}
