using AkiDb.Router.Measurement;
using AkiDb.Router.Model;

namespace AkiDb.Router.Routing;

/// <summary>
/// The policy: the cheapest backend whose recent latency (its 95th percentile by default) fits the budget and whose load is below the limit. In the
/// common case it looks at the first backend only; it allocates nothing.
/// </summary>
internal sealed class BackendSelector(RandomSequence random)
{
    /// <summary>Chooses a backend; the caller counts the request against it.</summary>
    /// <param name="model">Settings and states.</param>
    /// <param name="budgetMs">What is left of the caller's latency budget.</param>
    /// <param name="excluded">Backend that already failed this request; null at the first attempt.</param>
    /// <param name="nowMs">The router's clock.</param>
    /// <param name="verdicts">Filled with a verdict for each backend in order of cost; empty when nobody asks.</param>
    public RouteDecision Select(
        RouterModel model, double budgetMs, BackendModel? excluded, double nowMs, Span<Verdict> verdicts = default)
    {
        var maxLoad = model.Config.MaxLoad;
        var best = default(Candidates);
        foreach (var backend in model.ByCost)
        {
            var verdict = Judge(backend, excluded, budgetMs, maxLoad, nowMs, ref best);
            if (!verdicts.IsEmpty)
            {
                verdicts[backend.Index] = verdict;
            }

            if (verdict == Verdict.Chosen)
            {
                return new RouteDecision(backend, RouteReason.Cheapest);
            }
        }

        var decision = best.Decide();
        if (!verdicts.IsEmpty && decision.Backend is { } chosen)
        {
            verdicts[chosen.Index] = Verdict.Chosen;
        }

        return decision;
    }

    private Verdict Judge(
        BackendModel backend, BackendModel? excluded, double budgetMs, double maxLoad, double nowMs,
        ref Candidates best)
    {
        if (ReferenceEquals(backend, excluded))
        {
            return Verdict.Excluded;
        }

        var state = backend.State;
        var ready = state.Ready;
        if (ready.Addresses.Length == 0)
        {
            best.OfferUnready(backend, ready);
            return Verdict.NotReady;
        }

        var load = double.IsPositiveInfinity(ready.CapacityRps) ? 0 : state.LoadRps(nowMs) / ready.CapacityRps;
        var fit = state.FitMs;
        if (fit > budgetMs)
        {
            best.OfferSlow(backend, fit, load, maxLoad);
            return Verdict.TooSlow;
        }

        if (load >= maxLoad)
        {
            best.OfferLoaded(backend, fit, load);
            return Verdict.TooLoaded;
        }

        best.OfferFitting(backend);
        return state.IsAdmissionCut && random.Unit() >= state.Admission ? Verdict.OnTrial : Verdict.Chosen;
    }

    /// <summary>The best of what is left when nothing is simply right, gathered during the one walk over the backends.</summary>
    private struct Candidates
    {
        private BackendModel? _fitting;
        private BackendModel? _loaded;
        private double _loadedLoad;
        private BackendModel? _fastest;
        private double _fastestMs;
        private BackendModel? _fastestLoaded;
        private double _fastestLoadedMs;
        private BackendModel? _unready;

        // Dearest last: what was held back at the cheap end finds its place at the next one that fits.
        public void OfferFitting(BackendModel backend) => _fitting = backend;

        public void OfferLoaded(BackendModel backend, double fit, double load)
        {
            if (load >= 1)
            {
                return;
            }

            if (_loaded is null || load < _loadedLoad)
            {
                (_loaded, _loadedLoad) = (backend, load);
            }

            OfferFastestLoaded(backend, fit);
        }

        public void OfferSlow(BackendModel backend, double fit, double load, double maxLoad)
        {
            if (load < maxLoad && (_fastest is null || fit < _fastestMs))
            {
                (_fastest, _fastestMs) = (backend, fit);
            }
            else if (load < 1)
            {
                OfferFastestLoaded(backend, fit);
            }
        }

        public void OfferUnready(BackendModel backend, ReadySet ready)
        {
            if (_unready is null && double.IsFinite(ready.TrialDueAt))
            {
                _unready = backend;
            }
        }

        public readonly RouteDecision Decide() => this switch
        {
            { _fitting: { } fitting } => new(fitting, RouteReason.Cheapest),
            { _loaded: { } loaded } => new(loaded, RouteReason.Headroom),
            { _fastest: { } fastest } => new(fastest, RouteReason.NoFit),
            { _fastestLoaded: { } fastest } => new(fastest, RouteReason.NoFit),
            { _unready: { } unready } => new(unready, RouteReason.LastResort),
            _ => new(null, RouteReason.Overloaded),
        };

        private void OfferFastestLoaded(BackendModel backend, double fit)
        {
            if (_fastestLoaded is null || fit < _fastestLoadedMs)
            {
                (_fastestLoaded, _fastestLoadedMs) = (backend, fit);
            }
        }
    }
}
