using System.Collections.Immutable;
using System.Text.Json;

namespace AkiDb.Infra.Costs.Capacity;

/// <summary>An EC2 instance type as the scheduler sees it.</summary>
/// <param name="Name">E.g. <c>c7g.xlarge</c>.</param>
/// <param name="VCpu">Virtual CPUs.</param>
/// <param name="MemoryGiB">Memory, GiB.</param>
/// <param name="MaxPods">Pods that the VPC CNI has addresses for.</param>
public sealed record InstanceType(string Name, int VCpu, int MemoryGiB, int MaxPods)
{
    // Karpenter's vmMemoryOverheadPercent, default of chart 1.14: what the hypervisor keeps.
    private const double VmOverhead = 0.075;

    // kubelet's hard eviction threshold on EKS images.
    private const int EvictionMiB = 100;

    private static readonly Lazy<ImmutableArray<InstanceType>> Loaded = new(Load);

    /// <summary>The types that the program knows: Graviton, general, compute and memory families.</summary>
    public static ImmutableArray<InstanceType> All => Loaded.Value;

    /// <summary>E.g. <c>c7g</c>.</summary>
    public string Family => Name[..Name.IndexOf('.', StringComparison.Ordinal)];

    /// <summary>E.g. <c>xlarge</c>.</summary>
    public string Size => Name[(Name.IndexOf('.', StringComparison.Ordinal) + 1)..];

    /// <summary>What pods may request on a node of this type: the machine less the hypervisor's part, kubelet's reserve and the
    /// eviction threshold (EKS node bootstrap: 255 MiB + 11 MiB a pod; 6 % of the first core, 1 % of the second, 0.5 % of the
    /// next two, 0.25 % of the rest).</summary>
    public PodSize Allocatable
    {
        get
        {
            var memory = (int)(MemoryGiB * 1024 * (1 - VmOverhead)) - 255 - (11 * MaxPods) - EvictionMiB;
            var reserved = 60.0 + (VCpu > 1 ? 10 : 0) + (5 * Math.Clamp(VCpu - 2, 0, 2)) + (2.5 * Math.Max(0, VCpu - 4));
            return new PodSize((VCpu * 1000) - (int)Math.Ceiling(reserved), memory);
        }
    }

    /// <summary>Labels that Karpenter's requirements can ask for (Karpenter 1.14, "Well-Known Labels").</summary>
    public string? Label(string key) => key switch
    {
        "kubernetes.io/arch" => "arm64",
        "kubernetes.io/os" => "linux",
        "node.kubernetes.io/instance-type" => Name,
        "karpenter.k8s.aws/instance-family" => Family,
        "karpenter.k8s.aws/instance-size" => Size,
        "karpenter.k8s.aws/instance-category" => Family[..1],
        "karpenter.k8s.aws/instance-generation" => Family[1..2],
        "karpenter.k8s.aws/instance-cpu" => FormattableString.Invariant($"{VCpu}"),
        "karpenter.k8s.aws/instance-memory" => FormattableString.Invariant($"{MemoryGiB * 1024}"),
        "karpenter.k8s.aws/instance-hypervisor" => "nitro",
        _ => null,
    };

    private static ImmutableArray<InstanceType> Load()
    {
        using var stream = typeof(InstanceType).Assembly.GetManifestResourceStream("capacity.instance-types.json")!;
        using var document = JsonDocument.Parse(stream);
        return
        [
            .. document.RootElement.GetProperty("types").EnumerateArray().Select(type => new InstanceType(
                type.GetProperty("type").GetString()!, type.GetProperty("vCpu").GetInt32(),
                type.GetProperty("memoryGiB").GetInt32(), type.GetProperty("maxPods").GetInt32())),
        ];
    }
}
