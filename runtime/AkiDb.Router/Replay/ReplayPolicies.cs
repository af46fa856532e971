using AkiDb.Router.Configuration;
using AkiDb.Router.Measurement;
using AkiDb.Router.Model;
using AkiDb.Router.Routing;

namespace AkiDb.Router.Replay;

/// <summary>A way to choose a backend in the replay.</summary>
internal interface IReplayPolicy
{
    string Name { get; }

    /// <summary>Index of the chosen backend, or -1 to refuse.</summary>
    int Choose(double nowMs, int budgetMs);

    /// <summary>The answer to an earlier request arrived.</summary>
    void Answered(int backend, double latencyMs, int budgetMs);

    /// <summary>Called every 100 ms.</summary>
    void Beat(double nowMs);
}

/// <summary>Every backend in turn: what "ignoring cost" means.</summary>
internal sealed class UniformPolicy(int backends) : IReplayPolicy
{
    private int _next;

    public string Name => "uniform";

    public int Choose(double nowMs, int budgetMs) => _next++ % backends;

    public void Answered(int backend, double latencyMs, int budgetMs)
    {
    }

    public void Beat(double nowMs)
    {
    }
}

/// <summary>The specification's nginx rule: fixed thresholds (25 and 50 ms, 80 % of the promised capacity), nothing measured but load.</summary>
internal sealed class StaticRulePolicy(IReadOnlyList<SimulatedBackend> backends) : IReplayPolicy
{
    private const double MaxLoad = 0.8;
    private readonly int _jetson = IndexOf(backends, BackendKind.Jetson);
    private readonly int _spot = IndexOf(backends, BackendKind.Spot);
    private readonly int _lambda = IndexOf(backends, BackendKind.Lambda);
    private readonly int _onDemand = IndexOf(backends, BackendKind.OnDemand);

    public string Name => "specification's static rule";

    public int Choose(double nowMs, int budgetMs) =>
        budgetMs >= 25 && HasRoom(_jetson, nowMs) ? _jetson
        : HasRoom(_spot, nowMs) ? _spot
        : budgetMs >= 50 ? _lambda
        : _onDemand;

    public void Answered(int backend, double latencyMs, int budgetMs)
    {
    }

    public void Beat(double nowMs)
    {
    }

    private bool HasRoom(int i, double nowMs) => backends[i].LoadRps(nowMs) < MaxLoad * backends[i].PromisedRps;

    private static int IndexOf(IReadOnlyList<SimulatedBackend> backends, BackendKind kind)
    {
        var i = backends.ToList().FindIndex(backend => backend.Config.Kind == kind);
        return i >= 0 ? i : throw new InvalidDataException($"The static rule needs a backend of kind {kind}; the configuration has none.");
    }
}

/// <summary>The router itself: the same selector, windows, heartbeat and plan that serve requests, on a simulated clock.</summary>
internal sealed class RouterPolicy : IReplayPolicy
{
    private readonly RoutingState _routing;
    private readonly Heartbeat _heartbeat;
    private readonly BackendModel[] _byFileOrder;
    private readonly int[] _fileIndex;

    public RouterPolicy(string name, RouterConfig config, SimulatedTime time, long seed)
    {
        Name = name;
        var clock = new RouterClock(time);
        _routing = new RoutingState(RouterModel.Build(config, null, clock.Now), clock, seed);
        _heartbeat = new Heartbeat(_routing);
        _byFileOrder = [.. config.Backends.Select(backend => _routing.Model.Backends.Single(model => model.Config == backend))];
        _fileIndex = [.. _routing.Model.Backends.Select(model => Array.IndexOf(_byFileOrder, model))];
    }

    public string Name { get; }

    public int Choose(double nowMs, int budgetMs)
    {
        var decision = _routing.Select(_routing.Model, budgetMs, null, nowMs);
        decision.Backend?.State.CountRequest(nowMs);
        return decision.Backend is null ? -1 : _fileIndex[decision.Backend.Index];
    }

    public void Answered(int backend, double latencyMs, int budgetMs)
    {
        _byFileOrder[backend].State.RecordLatency(latencyMs);
        _routing.Fit.Count(hasMissed: latencyMs > budgetMs);
    }

    public void Beat(double nowMs) => _heartbeat.Beat(nowMs, []);

    /// <summary>Takes a share of a backend's addresses out, as failing probes would.</summary>
    public void SetAlive(int backend, double share, double nowMs)
    {
        var model = _byFileOrder[backend];
        var addresses = model.State.Addresses;
        for (var i = 0; i < addresses.Count; i++)
        {
            addresses[i].SetDraining(i >= Math.Round(addresses.Count * share));
        }

        model.State.RefreshReady(model.Config, _routing.Model.Config.Health, nowMs);
    }
}
