namespace AkiDb.Contracts;

/// <summary>Names of the router's own metrics; the golden signals are in <see cref="HttpMetricNames"/>.</summary>
public static class RouterMetricNames
{
    /// <summary>Counter: requests by backend and reason of the choice.</summary>
    public const string Decisions = "akidb_router_decisions_total";

    /// <summary>Counter: US dollars spent on forwarded requests, by backend.</summary>
    public const string Cost = "akidb_router_cost_usd_total";

    /// <summary>Counter: US dollars that the same requests would have cost on the dearest backend.</summary>
    public const string CostOnDemand = "akidb_router_cost_on_demand_usd_total";

    /// <summary>Gauge: recent 95th percentile of a backend's latency as routing sees it, in seconds.</summary>
    public const string BackendLatencyP95 = "akidb_router_backend_latency_p95_seconds";

    /// <summary>Gauge: load of a backend over all routers, in requests per second.</summary>
    public const string BackendLoad = "akidb_router_backend_load_rps";

    /// <summary>Gauge: capacity of a backend's healthy addresses, in requests per second; absent when unlimited.</summary>
    public const string BackendCapacity = "akidb_router_backend_capacity_rps";

    /// <summary>Gauge: addresses of a backend that get new requests.</summary>
    public const string BackendHealthyAddresses = "akidb_router_backend_healthy_addresses";

    /// <summary>Gauge: requests in flight to a backend.</summary>
    public const string BackendInFlight = "akidb_router_backend_in_flight";

    /// <summary>Counter: times an address of a backend was taken out after failures.</summary>
    public const string Ejections = "akidb_router_ejections_total";

    /// <summary>Counter: second attempts, by the backend that failed first.</summary>
    public const string Retries = "akidb_router_retries_total";

    /// <summary>Counter: requests with a budget that were answered later than it.</summary>
    public const string BudgetMissed = "akidb_router_latency_budget_missed_total";

    /// <summary>Gauge: 1 while the shared load counters are fresh, else 0.</summary>
    public const string SharedLoadFresh = "akidb_router_shared_load_fresh";

    /// <summary>Counter: access log lines lost because writing them could not keep up.</summary>
    public const string AccessLogDropped = "akidb_router_access_log_dropped_total";

    /// <summary>Counter: configuration changes by result (applied, refused).</summary>
    public const string ConfigChanges = "akidb_router_config_changes_total";
}
