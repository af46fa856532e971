using AkiDb.Infra.Costs.Charges;
using AkiDb.Infra.Plan;
using AkiDb.Infra.Plan.Values;

namespace AkiDb.Infra.Costs.Capacity;

/// <summary>
/// What a Helm release's values ask for: every part that names <c>resources.requests</c> is a pod, and every
/// <c>volumeClaimTemplate</c> a volume, as often as the nearest <c>replicas</c> says. What a chart takes by its own defaults is not seen.
/// </summary>
internal sealed class ReleaseContents
{
    public const string Type = "kubernetes:helm.sh/v3:Release";

    // The one part of our charts that runs on every node.
    private const string NodeExporter = "prometheus-node-exporter";

    private readonly List<(PodSize Size, int Replicas)> _pods = [];
    private readonly List<(string Name, decimal Gib, int Replicas)> _volumes = [];
    private PodSize _daemons;

    private ReleaseContents()
    {
    }

    /// <summary>Pods of Deployments and StatefulSets.</summary>
    public IReadOnlyList<(PodSize Size, int Replicas)> Pods => _pods;

    /// <summary>Volumes, by the part that they belong to.</summary>
    public IReadOnlyList<(string Name, decimal Gib, int Replicas)> Volumes => _volumes;

    /// <summary>What a node carries of it.</summary>
    public PodSize Daemons => _daemons;

    public static ReleaseContents Of(PlannedResource release)
    {
        var contents = new ReleaseContents();
        if (release.Input("values") is MapValue values)
            contents.Walk(values, release.Name, replicas: 1);
        return contents;
    }

    private void Walk(MapValue map, string name, int replicas)
    {
        replicas = map.NumberAt("replicas") is { } given ? (int)given : replicas;
        if (map.At("resources.requests") is MapValue requests && map.At("volumeClaimTemplate") is null && Quantities.Millicores(requests.At("cpu")) is { } cpu)
            AddPod(name, new PodSize(cpu, Quantities.MiB(requests.At("memory")) ?? 0), replicas);
        if (Quantities.GiB(map.At("volumeClaimTemplate.spec.resources.requests.storage")) is { } gib)
            _volumes.Add((name, gib, replicas));
        foreach (var (key, value) in map.Entries)
        {
            if (value is MapValue inner)
                Walk(inner, key is "storage" or "storageSpec" ? name : key, replicas);
        }
    }

    private void AddPod(string name, PodSize size, int replicas)
    {
        if (name == NodeExporter)
            _daemons += size;
        else
            _pods.Add((size, replicas));
    }
}
