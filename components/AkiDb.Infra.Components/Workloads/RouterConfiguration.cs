using System.Text.Json;
using AkiDb.Contracts;
using AkiDb.Infra.Components.Autoscaling;

namespace AkiDb.Infra.Components.Workloads;

/// <summary>
/// The router's configuration file in a cluster: the search engine's pods on spot nodes and on on-demand nodes as two backends,
/// found by their EndpointSlices. JSON is YAML too. docs/router.md explains every key.
/// </summary>
internal static class RouterConfiguration
{
    /// <summary>Requests a second of one reader (specification W14, "350 QPS").</summary>
    private const int RequestsPerSecondAndReader = 350;

    /// <summary>What a million requests cost on either kind of node, in USD (specification W14, "Cost-Aware Request Routing").
    /// Only their order decides where a request goes; the cost preview has honest totals.</summary>
    private const decimal SpotUsdPerMillion = 2.0m;
    private const decimal OnDemandUsdPerMillion = 6.0m;

    /// <summary>P95 until the router has measured: the specification's target for the whole.</summary>
    private const int ExpectedP95Milliseconds = 30;

    public static string Json(string cluster, string region, CapacitySpread spread)
    {
        var kinds = new List<(string Kind, decimal UsdPerMillion)> { ("on-demand", OnDemandUsdPerMillion) };
        if (!spread.SpotDomains.IsEmpty)
            kinds.Insert(0, ("spot", SpotUsdPerMillion));
        return JsonSerializer.Serialize(new
        {
            cluster,
            region,
            backends = kinds.Select(kind => new
            {
                name = kind.Kind,
                kind = kind.Kind,
                region,
                costPerMillionUsd = kind.UsdPerMillion,
                capacityPerAddressRps = RequestsPerSecondAndReader,
                expectedComputeP95Ms = ExpectedP95Milliseconds,
                kubernetes = new
                {
                    service = ServiceNames.SearchEngine,
                    @namespace = ServiceNames.Namespace,
                    capacityType = kind.Kind,
                    port = ServiceEndpoints.Port,
                },
            }),
            // Embedding the same text twice gives the same vectors.
            routes = new[] { new { name = "embed", path = ServiceEndpoints.Embed, repeatable = true } },
            redis = new { url = $"redis://{ServiceNames.RouterCounters}:6379" },
            // Twelve seconds of preStop and these fit into the pod's grace of 25: requests in flight end within five.
            timeouts = new { drainMs = 2_000, shutdownMs = 8_000 },
            accessLog = new { path = "-", sampleSuccess = 0.1 },
        });
    }
}
