namespace AkiDb.Infra.Components.Observability.Rules;

/// <summary>Names of what recording rules compute: level, metric and operation, as Prometheus' practice has it.</summary>
public static class RecordedNames
{
    /// <summary>Requests a second of a region.</summary>
    public const string Requests = "region:http_requests:rate5m";

    /// <summary>Share of a region's requests that end in a server error.</summary>
    public const string ErrorRatio = "region:http_errors:ratio_rate5m";

    /// <summary>Median latency of a region, in seconds.</summary>
    public const string LatencyP50 = "region:http_latency_seconds:p50_5m";

    /// <summary>95th percentile of a region's latency, in seconds.</summary>
    public const string LatencyP95 = "region:http_latency_seconds:p95_5m";

    /// <summary>99th percentile of a region's latency, in seconds.</summary>
    public const string LatencyP99 = "region:http_latency_seconds:p99_5m";

    /// <summary>Events a second that an objective speaks of.</summary>
    public const string SloEvents = "slo:events_total:rate5m";

    /// <summary>Those that break the promise.</summary>
    public const string SloBadEvents = "slo:events_bad:rate5m";

    /// <summary>Share of events that break the promise, by window: <c>5m</c>, …</summary>
    public const string SloErrorRatio5M = "slo:sli_error:ratio_rate5m";

    /// <summary>The same over half an hour.</summary>
    public const string SloErrorRatio30M = "slo:sli_error:ratio_rate30m";

    /// <summary>The same over an hour.</summary>
    public const string SloErrorRatio1H = "slo:sli_error:ratio_rate1h";

    /// <summary>The same over two hours.</summary>
    public const string SloErrorRatio2H = "slo:sli_error:ratio_rate2h";

    /// <summary>The same over six hours.</summary>
    public const string SloErrorRatio6H = "slo:sli_error:ratio_rate6h";

    /// <summary>The same over a day.</summary>
    public const string SloErrorRatio1D = "slo:sli_error:ratio_rate1d";

    /// <summary>The same over three days.</summary>
    public const string SloErrorRatio3D = "slo:sli_error:ratio_rate3d";

    /// <summary>The same over the objective's thirty days.</summary>
    public const string SloErrorRatio30D = "slo:sli_error:ratio_rate30d";

    /// <summary>Share that is promised.</summary>
    public const string SloObjective = "slo:objective:ratio";

    /// <summary>How fast the budget goes, 1 being what thirty days allow.</summary>
    public const string SloBurnRate = "slo:burn_rate1h:ratio";

    /// <summary>Share of the budget that is left, below 0 when it is overspent.</summary>
    public const string SloBudgetLeft = "slo:error_budget_left:ratio";

    /// <summary>The name of <see cref="SloErrorRatio5M"/> for another window.</summary>
    internal static string SloErrorRatio(TimeSpan window) => $"slo:sli_error:ratio_rate{PromQl.Duration(window)}";
}
