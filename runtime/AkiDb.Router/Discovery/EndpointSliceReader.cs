using System.Text.Json.Nodes;
using AkiDb.Router.Configuration;

namespace AkiDb.Router.Discovery;

/// <summary>Reads a Service's EndpointSlices and the nodes behind them into addresses (discovery.k8s.io/v1, v1 Node).</summary>
internal static class EndpointSliceReader
{
    private const string CapacityTypeLabel = "karpenter.sh/capacity-type";
    private const string DisruptedTaint = "karpenter.sh/disrupted";

    /// <summary>
    /// Addresses of the ready endpoints. One that is terminating, or whose node Karpenter is about to take away (a spot
    /// interruption is announced two minutes before), is draining.
    /// </summary>
    public static IReadOnlyList<AddressConfig> Read(JsonNode slices, JsonNode nodes, KubernetesConfig config)
    {
        var byName = (nodes["items"]?.AsArray() ?? []).Where(node => node is not null)
            .ToDictionary(node => node!["metadata"]!["name"]!.GetValue<string>(), node => node!, StringComparer.Ordinal);
        var addresses = new Dictionary<string, AddressConfig>(StringComparer.Ordinal);
        foreach (var slice in slices["items"]?.AsArray() ?? [])
        {
            foreach (var endpoint in slice?["endpoints"]?.AsArray() ?? [])
            {
                if (endpoint is not null && ReadEndpoint(slice!, endpoint, byName, config) is { } address)
                {
                    addresses[address.Url] = address;
                }
            }
        }

        return [.. addresses.Values.OrderBy(address => address.Url, StringComparer.Ordinal)];
    }

    private static AddressConfig? ReadEndpoint(JsonNode slice, JsonNode endpoint, Dictionary<string, JsonNode> nodes, KubernetesConfig config)
    {
        var node = endpoint["nodeName"]?.GetValue<string>() is { } name ? nodes.GetValueOrDefault(name) : null;
        var capacityType = node?["metadata"]?["labels"]?[CapacityTypeLabel]?.GetValue<string>() ?? "on-demand";
        if (config.CapacityType is { } wanted && wanted != capacityType)
        {
            return null;
        }

        var conditions = endpoint["conditions"];
        var isTerminating = conditions?["terminating"]?.GetValue<bool>() == true;
        // Absent means ready: "consumers should interpret this unknown state as ready".
        var isReady = conditions?["ready"]?.GetValue<bool>() != false;
        if (!isReady && !isTerminating)
        {
            return null;
        }

        var ip = endpoint["addresses"]![0]!.GetValue<string>();
        var host = slice["addressType"]?.GetValue<string>() == "IPv6" ? $"[{ip}]" : ip;
        return new AddressConfig($"http://{host}:{config.Port}", isTerminating || IsDisrupted(node));
    }

    private static bool IsDisrupted(JsonNode? node) =>
        (node?["spec"]?["taints"]?.AsArray() ?? []).Any(taint => taint?["key"]?.GetValue<string>() == DisruptedTaint);
}
