using AkiDb.Router.Model;

namespace AkiDb.Router.Routing;

/// <summary>
/// Turns what was recorded into the numbers that requests read: latency quantiles, admission of backends that were slow,
/// ready sets, the quantile that must fit. Called every 100 ms by one thread.
/// </summary>
internal sealed class Heartbeat(RoutingState routing)
{
    public const int IntervalMs = 100;

    private const double HalfWindowMs = 5_000;

    private readonly Dictionary<BackendState, AdmissionControl> _admissions = [];
    private double _lastHalfWindow;

    /// <param name="nowMs">The router's clock.</param>
    /// <param name="waiting">Requests under way: their backend and age in milliseconds.</param>
    public void Beat(double nowMs, IReadOnlyList<(BackendState Backend, double AgeMs)> waiting)
    {
        var model = routing.Model;
        routing.Fit.Step(model.Config.MaxMissedBudgets);
        var fitQuantile = routing.Fit.Quantile;
        foreach (var backend in model.Backends)
        {
            Measure(backend, fitQuantile, nowMs, waiting);
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
}
