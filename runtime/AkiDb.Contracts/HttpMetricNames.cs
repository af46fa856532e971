namespace AkiDb.Contracts;

/// <summary>Golden-signal metrics that every HTTP service of AkiDB exports with the labels of <see cref="MetricLabels"/>.</summary>
public static class HttpMetricNames
{
    /// <summary>Counter: requests answered.</summary>
    public const string Requests = "http_requests_total";

    /// <summary>Histogram: time from the request's headers to the end of the response, in seconds.</summary>
    public const string RequestDuration = "http_request_duration_seconds";

    /// <summary>Gauge: requests being served.</summary>
    public const string InFlight = "http_requests_in_flight";
}
