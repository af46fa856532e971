using System.Collections.Immutable;

namespace AkiDb.Infra.Components.Observability.Dashboards;

/// <summary>The pages of Grafana.</summary>
public static class DashboardCatalogue
{
    /// <summary>All eight (specification W15).</summary>
    public static ImmutableArray<Dashboard> All { get; } =
    [
        TrafficDashboards.GoldenSignals, TrafficDashboards.Objectives, TrafficDashboards.Anomalies, CapacityDashboards.Cost,
        CapacityDashboards.Edge, TrafficDashboards.ServiceMap, CapacityDashboards.Predictor, CapacityDashboards.Karpenter,
    ];
}
