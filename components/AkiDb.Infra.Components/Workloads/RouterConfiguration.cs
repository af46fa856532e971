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

    // A board in its fastest mode, and what it costs (specification W14, "Dynamic Power Management Strategy" and "Cost-Aware
    // Request Routing"); the way over the VPN is an assumption until the router has measured it.
    private const int RequestsPerSecondAndBoard = 330;
    private const decimal BoardUsdPerMillion = 0.8m;
    private const int BoardP95Milliseconds = 18;
    private const int SiteNetworkMilliseconds = 20;

    public static string Json(string cluster, string region, CapacitySpread spread, ReachableBoards? boards)
    {
        var kinds = new List<(string Kind, decimal UsdPerMillion)> { ("on-demand", OnDemandUsdPerMillion) };
        if (!spread.SpotDomains.IsEmpty)
            kinds.Insert(0, ("spot", SpotUsdPerMillion));
        var inCluster = kinds.Select(kind => Pods(kind.Kind, region, kind.UsdPerMillion)).ToArray();
        return JsonSerializer.Serialize(new
        {
            cluster,
            region,
            backends = boards is null ? inCluster : [Board(boards), .. inCluster],
            // Embedding the same text twice gives the same vectors.
            routes = new[] { new { name = "embed", path = ServiceEndpoints.Embed, repeatable = true } },
            redis = new { url = $"redis://{ServiceNames.RouterCounters}:6379" },
            // Twelve seconds of preStop and these fit into the pod's grace of 25: requests in flight end within five.
            timeouts = new { drainMs = 2_000, shutdownMs = 8_000 },
            accessLog = new { path = "-", sampleSuccess = 0.1 },
        });
    }

    private static object Pods(string kind, string region, decimal usdPerMillion) => new
    {
        name = kind,
        kind,
        region,
        costPerMillionUsd = usdPerMillion,
        capacityPerAddressRps = RequestsPerSecondAndReader,
        expectedComputeP95Ms = ExpectedP95Milliseconds,
        kubernetes = new
        {
            service = ServiceNames.SearchEngine,
            @namespace = ServiceNames.Namespace,
            capacityType = kind,
            port = ServiceEndpoints.Port,
        },
    };

    private static object Board(ReachableBoards boards) => new
    {
        name = "jetson",
        kind = "jetson",
        region = boards.Site,
        costPerMillionUsd = BoardUsdPerMillion,
        capacityPerAddressRps = RequestsPerSecondAndBoard,
        expectedComputeP95Ms = BoardP95Milliseconds,
        expectedNetworkP95Ms = SiteNetworkMilliseconds,
        addresses = boards.Addresses.Select(address => $"http://{address}:{ServiceEndpoints.Port}"),
    };
}
