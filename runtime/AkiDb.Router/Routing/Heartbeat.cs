using AkiDb.Router.Model;

namespace AkiDb.Router.Routing;

/// <summary>
/// Turns what was recorded into the numbers that requests read: latency quantiles, admission of backends that were slow,
/// ready sets, the plan for scarce capacity. Called every 100 ms by one thread.
/// </summary>
internal sealed class Heartbeat(RoutingState routing)
{
    public const int IntervalMs = 100;

    private const double HalfWindowMs = 5_000;
    private const double PlanIntervalMs = 1_000;

    private readonly Dictionary<BackendState, AdmissionControl> _admissions = [];
    private double _lastHalfWindow;
    private double _lastPlan;

    /// <param name="nowMs">The router's clock.</param>
    /// <param name="waiting">Requests under way: their backend and age in milliseconds.</param>
    public void Beat(double nowMs, IReadOnlyList<(BackendState Backend, double AgeMs)> waiting)
    {
        var model = routing.Model;
        foreach (var backend in model.Backends)
        {
            Measure(backend, model.Config.FitQuantile, nowMs, waiting);
            backend.State.RefreshReady(backend.Config, model.Config.Health, nowMs);
        }

        if (nowMs - _lastHalfWindow >= HalfWindowMs)
        {
            _lastHalfWindow = nowMs;
            foreach (var address in model.Backends.SelectMany(backend => backend.State.Addresses))
            {
                address.EndHalfWindow();
            }
        }

        if (nowMs - _lastPlan >= PlanIntervalMs)
        {
            _lastPlan = nowMs;
            routing.Demand.Fold(nowMs);
            var plan = model.Config.ReserveForTightBudgets ? Plan(model) : null;
            if (ReferenceEquals(model, routing.Model))
            {
                routing.Reservation = plan;
            }
        }
    }

    private void Measure(BackendModel backend, double fitQuantile, double nowMs, IReadOnlyList<(BackendState Backend, double AgeMs)> waiting)
    {
        var state = backend.State;
        var expected = backend.Config.ExpectedP95Ms;
        state.Latency.Merge(nowMs, expected);
        var known = state.P95Ms;
        foreach (var (waitsFor, ageMs) in waiting)
        {
            // Younger ones say nothing yet: they may still turn out fast.
            if (ReferenceEquals(waitsFor, state) && ageMs > known)
            {
                state.Latency.AddWaiting(ageMs);
            }
        }

        var p95 = state.Latency.Quantile(0.95);
        var admission = _admissions.TryGetValue(state, out var control) ? control : _admissions[state] = new AdmissionControl();
        state.Publish(p95, state.Latency.Quantile(fitQuantile), admission.Next(p95, expected, state.Latency.Samples, nowMs));
    }

    private Reservation? Plan(RouterModel model)
    {
        var offers = new Reservation.Offer[model.Backends.Count];
        foreach (var backend in model.Backends)
        {
            var state = backend.State;
            var ready = state.Ready;
            var room = ready.Addresses.Length == 0 ? 0 : Math.Max(0, (model.Config.MaxLoad * ready.CapacityRps) - state.OthersRps);
            offers[backend.Index] = new Reservation.Offer(state.FitMs, state.IsAdmissionCut ? room * state.Admission : room);
        }

        return Reservation.Plan(offers, routing.Demand.Rates());
    }
}
