using System.Collections.Immutable;
using System.Text.RegularExpressions;
using AkiDb.Infra.Components.Autoscaling;

namespace AkiDb.Infra.Stacks.Settings;

/// <summary>What runs the workloads, the same in every region.</summary>
public sealed partial record CapacitySettings
{
    /// <summary>The stages of the migration to spot (specification W14): each is tried until the interruption rate is known;
    /// going back is a smaller number. Default: 0.</summary>
    public static ImmutableArray<int> SpotStages { get; } = [0, 30, 50, 70];

    /// <summary>Share of pods on spot, percent; one of <see cref="SpotStages"/>.</summary>
    public required int SpotPercent { get; init; }

    /// <summary>Most vCPUs of a cluster's Karpenter nodes. Default: 200.</summary>
    public required int CpuLimit { get; init; }

    /// <summary>Most memory of a cluster's Karpenter nodes, GiB. Default: 400.</summary>
    public required int MemoryLimitGiB { get; init; }

    /// <summary>Pinned node image.</summary>
    public required string AmiAlias { get; init; }

    /// <summary>Types of the baseline group.</summary>
    public required ImmutableArray<string> BaselineTypes { get; init; }

    /// <summary>Fewest baseline nodes a region. Default: 3.</summary>
    public required int BaselineMin { get; init; }

    /// <summary>Baseline nodes to begin with. Default: 3.</summary>
    public required int BaselineDesired { get; init; }

    /// <summary>Most baseline nodes a region. Default: 10.</summary>
    public required int BaselineMax { get; init; }

    internal static CapacitySettings Read(SettingsReader reader)
    {
        var baseline = reader.Section("baseline");
        var min = baseline.Whole("min", 1, 100, 3);
        var max = baseline.Whole("max", min, 100, Math.Max(min, 10));
        var settings = new CapacitySettings
        {
            SpotPercent = reader.WholeOf("spotPercent", SpotStages, 0),
            CpuLimit = reader.Whole("cpuLimit", 8, 2000, 200),
            MemoryLimitGiB = reader.Whole("memoryLimitGiB", 16, 8000, 400),
            AmiAlias = reader.Text("amiAlias", PinnedImage().IsMatch, "a pinned image version, never @latest", "al2023@v20260801"),
            BaselineTypes = baseline.Texts("types", type => InstanceOfferings.All.Any(offering => offering.Name == type),
                "Graviton types of instance-offerings.json", "m7g.large"),
            BaselineMin = min,
            BaselineDesired = baseline.Whole("desired", min, max, min),
            BaselineMax = max,
        };
        if (settings.BaselineTypes.IsEmpty)
            baseline.Problem("types", null, "at least one Graviton type that every region sells", "[m7g.large, m6g.large]");
        baseline.RefuseUnknownKeys();
        reader.RefuseUnknownKeys();
        return settings;
    }

    [GeneratedRegex(@"^(al2023|bottlerocket)@v?[0-9][0-9.]*$")]
    private static partial Regex PinnedImage();
}
