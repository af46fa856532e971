namespace AkiDb.Contracts;

/// <summary>
/// CloudWatch metrics that the edge embedding path emits in the embedded metric format (specification W15, "Lambda@Edge with
/// EMF"). They land in the region where CloudFront ran the function, so alarms stand in every such region. Dimensions:
/// <see cref="Function"/>, because environments share accounts, and both it and <see cref="Tier"/>.
/// </summary>
public static class EdgeMetricNames
{
    /// <summary>CloudWatch namespace.</summary>
    public const string Namespace = "AkiDB/Edge";

    /// <summary>Embedding requests that came back from an origin.</summary>
    public const string RequestCount = "RequestCount";

    /// <summary>Those that came back with a status of 500 or above, and those that the edge itself refused.</summary>
    public const string ErrorCount = "ErrorCount";

    /// <summary>From the edge's request to the origin until the origin's response headers, in milliseconds.</summary>
    public const string InferenceLatency = "InferenceLatency";

    /// <summary>Dimension: name of the Lambda@Edge function, e.g. <c>akidb-prod-edge</c>.</summary>
    public const string Function = "Function";

    /// <summary>Dimension: <c>warm</c> for the regional Lambda tier, <c>cluster</c> for a region's router.</summary>
    public const string Tier = "Tier";

    /// <summary>Field of the line, no dimension: the response's status.</summary>
    public const string Status = "Status";

    /// <summary>Field of the line, no dimension: the W3C trace id.</summary>
    public const string TraceId = "TraceId";
}
