using AkiDb.Contracts;
using AkiDb.Router.Routing;
using AkiDb.Telemetry.Metrics;

namespace AkiDb.Router.Observability;

/// <summary>Sets the gauges that are read off the backends' state when somebody scrapes.</summary>
internal static class BackendGauges
{
    public static void Write(MetricRegistry registry, RoutingState routing, (string, string)[] place)
    {
        var now = routing.Clock.Now;
        foreach (var backend in routing.Model.Backends)
        {
            var state = backend.State;
            var ready = state.Ready;
            (string, string)[] labels = [.. place, (MetricLabels.Backend, backend.Config.Name)];
            registry.Gauge(RouterMetricNames.BackendLatencyP95, "Recent 95th percentile of the latency, as routing sees it.", labels).Value = state.P95Ms / 1_000;
            registry.Gauge(RouterMetricNames.BackendLoad, "Requests per second over all routers.", labels).Value = state.LoadRps(now);
            registry.Gauge(RouterMetricNames.BackendHealthyAddresses, "Addresses that get new requests.", labels).Value = ready.Addresses.Length;
            registry.Gauge(RouterMetricNames.BackendInFlight, "Requests in flight.", labels).Value = state.InFlight;
            if (double.IsFinite(ready.CapacityRps))
            {
                registry.Gauge(RouterMetricNames.BackendCapacity, "Requests per second that the healthy addresses serve.", labels).Value = ready.CapacityRps;
            }

            var (spent, onDemand) = state.Ledger.Read();
            Raise(registry.Counter(RouterMetricNames.Cost, "US dollars spent on requests.", labels), spent);
            Raise(registry.Counter(RouterMetricNames.CostOnDemand, "US dollars that the same requests would have cost on demand.", labels), onDemand);
        }
    }

    // The ledger is the truth, in decimals; the counter follows it.
    private static void Raise(Counter counter, decimal total) => counter.Add(Math.Max(0, (double)total - counter.Value));
}
