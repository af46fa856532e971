namespace AkiDb.Infra.Components.Cost;

/// <summary>What splits a cluster's cost by workload. docs/cost-monitoring.md has overlap and prices.</summary>
public enum CostTool
{
    /// <summary>None.</summary>
    None,

    /// <summary>OpenCost: free software, metrics for Prometheus. Knows the real spot price.</summary>
    OpenCost,

    /// <summary>Kubecost: the same allocation with a user interface and savings hints, as EKS' add-on.</summary>
    Kubecost,

    /// <summary>Both; two exporters of the same numbers.</summary>
    Both,
}
