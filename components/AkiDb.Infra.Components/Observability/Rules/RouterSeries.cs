using AkiDb.Contracts;
using AkiDb.Infra.Components.Observability.Metrics;

namespace AkiDb.Infra.Components.Observability.Rules;

/// <summary>
/// The requests as clients see them: those that the router answered. Every service counts its own under the same names; a sum over
/// all of them would count a request once a tier.
/// </summary>
internal static class RouterSeries
{
    /// <summary>Server errors: what availability is lost by.</summary>
    public const string ServerErrors = "5..";

    /// <summary>Prometheus names a scrape by the Service it found the pods through.</summary>
    private const string Job = "job";

    public static Series Requests { get; } = Of(HttpMetricNames.Requests);

    public static Series Duration { get; } = Of(HttpMetricNames.RequestDuration);

    public static Series InFlight { get; } = Of(HttpMetricNames.InFlight);

    /// <summary>Holds while the router is meant to run: nights at zero replicas are no outage.</summary>
    public static string IsWanted { get; } = $"{OfDeployment(KubeStateMetrics.DeploymentReplicas)} > 0";

    public static Series Of(string metric) => new Series(metric).Where(Job, ServiceNames.Router);

    public static Series OfDeployment(string metric) =>
        new Series(metric).Where("namespace", ServiceNames.Namespace).Where("deployment", ServiceNames.Router);
}
