namespace AkiDb.Contracts;

/// <summary>
/// Names of the search engine's own metrics. The first two are the specification's names of what <see cref="HttpMetricNames"/>
/// counts for every service; objectives, alerts and autoscalers of the search engine read these.
/// </summary>
public static class SearchMetricNames
{
    /// <summary>Counter: requests answered, by route, status, region and cluster.</summary>
    public const string Requests = "akidb_requests_total";

    /// <summary>Histogram: seconds from the request's headers to the end of the response; 0.03 is one of its bounds.</summary>
    public const string RequestDuration = "akidb_request_duration_seconds";

    /// <summary>Gauge: requests that wait for their turn.</summary>
    public const string Queued = "akidb_search_queued_requests";

    /// <summary>Counter: requests refused because too many waited.</summary>
    public const string Refused = "akidb_search_refused_total";

    /// <summary>Gauge: documents, by collection.</summary>
    public const string Documents = "akidb_search_documents";

    /// <summary>Gauge: bytes that indexes hold in memory, by collection.</summary>
    public const string IndexBytes = "akidb_search_index_bytes";

    /// <summary>Gauge: number of the last change that searches see.</summary>
    public const string Sequence = "akidb_search_sequence";

    /// <summary>Gauge: age in seconds of what a reader answers from; absent on a writer.</summary>
    public const string Staleness = "akidb_search_staleness_seconds";

    /// <summary>Histogram: seconds of one commit, its flush to the disk included.</summary>
    public const string CommitDuration = "akidb_search_commit_duration_seconds";

    /// <summary>Counter: write requests made durable; divided by the commits it is how many shared one flush.</summary>
    public const string CommittedWrites = "akidb_search_committed_writes_total";

    /// <summary>Counter: files found damaged and put aside.</summary>
    public const string Quarantined = "akidb_search_quarantined_files_total";
}
