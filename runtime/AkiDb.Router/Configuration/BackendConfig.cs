namespace AkiDb.Router.Configuration;

/// <summary>One place that can answer requests: a fleet of like addresses with one price.</summary>
public sealed record BackendConfig
{
    /// <summary>Unique name; the value of the label <c>backend</c>.</summary>
    public required string Name { get; init; }

    public required BackendKind Kind { get; init; }

    /// <summary>AWS region or edge site that the backend is in.</summary>
    public required string Region { get; init; }

    /// <summary>Price of a million requests in US dollars.</summary>
    public required decimal CostPerMillionUsd { get; init; }

    /// <summary>Requests per second that all addresses together serve; null means unlimited (scales by itself).</summary>
    public double? CapacityRps { get; init; }

    /// <summary>Requests per second of one address, for fleets whose size changes; excludes <see cref="CapacityRps"/>.</summary>
    public double? CapacityPerAddressRps { get; init; }

    /// <summary>95th percentile of the time the backend computes, in milliseconds; stands until enough is measured.</summary>
    public required double ExpectedComputeP95Ms { get; init; }

    /// <summary>95th percentile of the network's share of the round trip, in milliseconds.</summary>
    public double ExpectedNetworkP95Ms { get; init; }

    /// <summary>Fixed addresses; empty when <see cref="Kubernetes"/> finds them.</summary>
    public IReadOnlyList<AddressConfig> Addresses { get; init; } = [];

    /// <summary>Where to discover addresses; null when they are fixed.</summary>
    public KubernetesConfig? Kubernetes { get; init; }

    /// <summary>HTTP version towards the backend: 1 (HTTP/1.1) or 2 (HTTP/2, prior knowledge on http://). Default: 1.</summary>
    public int HttpVersion { get; init; } = 1;

    /// <summary>
    /// Whether the client's Host header is passed on. Default: true, except for <see cref="BackendKind.Lambda"/>, which sits
    /// behind a host-routed CDN.
    /// </summary>
    public bool PreserveHost { get; init; } = true;

    /// <summary>Whether readiness probes are sent. Default: true, except for <see cref="BackendKind.Lambda"/>, where each costs money.</summary>
    public bool ActiveHealth { get; init; } = true;

    /// <summary>Expected 95th percentile of a round trip, in milliseconds.</summary>
    public double ExpectedP95Ms => ExpectedComputeP95Ms + ExpectedNetworkP95Ms;
}

/// <summary>One origin of a backend.</summary>
/// <param name="Url">Scheme, host and port; no path.</param>
/// <param name="IsDraining">True when it shall get no new requests.</param>
public sealed record AddressConfig(string Url, bool IsDraining = false);

/// <summary>Addresses read from a Service's EndpointSlices.</summary>
/// <param name="Service">Name of the Service.</param>
/// <param name="Namespace">Its namespace.</param>
/// <param name="CapacityType">Only pods on nodes with this <c>karpenter.sh/capacity-type</c>; null for all.</param>
/// <param name="Port">Port of the pods.</param>
public sealed record KubernetesConfig(string Service, string Namespace, string? CapacityType, int Port);
