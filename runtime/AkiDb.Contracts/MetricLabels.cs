namespace AkiDb.Contracts;

/// <summary>Label names of every service's metrics; dashboards and alerts group by these.</summary>
public static class MetricLabels
{
    /// <summary>Name of the route as configured, never the raw path.</summary>
    public const string Route = "route";

    /// <summary>HTTP status code, three digits.</summary>
    public const string Status = "status";

    /// <summary>AWS region, or the name of an edge site.</summary>
    public const string Region = "region";

    /// <summary>Name of the Kubernetes cluster.</summary>
    public const string Cluster = "cluster";

    /// <summary>Name of the router's backend.</summary>
    public const string Backend = "backend";

    /// <summary>Why the router chose a backend.</summary>
    public const string Reason = "reason";

    /// <summary>How far a forecast looks ahead, in whole minutes.</summary>
    public const string Horizon = "horizon";

    /// <summary><c>up</c> or <c>down</c>.</summary>
    public const string Direction = "direction";
}
