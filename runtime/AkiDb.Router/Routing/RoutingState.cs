using AkiDb.Router.Measurement;
using AkiDb.Router.Model;

namespace AkiDb.Router.Routing;

/// <summary>
/// The whole mutable side of routing: the model in use and what steers it. Requests read it; the heartbeat and configuration
/// changes write it. The replay drives the same object with a simulated clock.
/// </summary>
public sealed class RoutingState
{
    private RouterModel _model;

    internal RoutingState(RouterModel model, RouterClock clock, long seed)
    {
        _model = model;
        Clock = clock;
        var random = new RandomSequence(seed);
        Selector = new BackendSelector(random);
        Picker = new AddressPicker(random);
    }

    public RouterClock Clock { get; }

    /// <summary>The model in use. Setting it swaps the whole configuration at once.</summary>
    public RouterModel Model
    {
        get => Volatile.Read(ref _model);
        set => Volatile.Write(ref _model, value);
    }

    internal BackendSelector Selector { get; }

    internal AddressPicker Picker { get; }

    internal FitControl Fit { get; } = new();

    /// <summary>Decides with the model that the request began with.</summary>
    internal RouteDecision Select(
        RouterModel model, double budgetMs, BackendModel? excluded, double nowMs, Span<Verdict> verdicts = default) =>
        Selector.Select(model, budgetMs, excluded, nowMs, verdicts);
}
