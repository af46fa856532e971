using System.Collections.Immutable;
using System.Text.Json;

namespace AkiDb.Infra.Components.Autoscaling;

/// <summary>A Graviton instance type.</summary>
/// <param name="Name">E.g. <c>c7g.xlarge</c>.</param>
/// <param name="VCpu">Virtual CPUs.</param>
/// <param name="MemoryGiB">Memory, GiB.</param>
/// <param name="Regions">Where it is sold, both on demand and as spot.</param>
public sealed record InstanceOffering(string Name, int VCpu, int MemoryGiB, ImmutableArray<string> Regions)
{
    /// <summary>E.g. <c>c7g</c>.</summary>
    public string Family => Name[..Name.IndexOf('.', StringComparison.Ordinal)];

    /// <summary>E.g. <c>xlarge</c>.</summary>
    public string Size => Name[(Name.IndexOf('.', StringComparison.Ordinal) + 1)..];
}

/// <summary>The Graviton types that AkiDB may run on, and where they are sold; the file beside this one names source and date.</summary>
public static class InstanceOfferings
{
    /// <summary>Every type, sorted by name.</summary>
    public static ImmutableArray<InstanceOffering> All { get; } = Load();

    /// <summary>Every region that anything is known of, sorted; a cell can stand in no other.</summary>
    public static ImmutableArray<string> Regions { get; } = [.. All.SelectMany(offering => offering.Regions).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>The types sold in a region.</summary>
    public static IEnumerable<InstanceOffering> In(string region) => All.Where(offering => offering.Regions.Contains(region));

    private static ImmutableArray<InstanceOffering> Load()
    {
        using var stream = typeof(InstanceOfferings).Assembly.GetManifestResourceStream("instance-offerings.json")!;
        using var document = JsonDocument.Parse(stream);
        return
        [
            .. document.RootElement.GetProperty("types").EnumerateObject()
                .Select(type => new InstanceOffering(
                    type.Name,
                    type.Value.GetProperty("vcpu").GetInt32(),
                    type.Value.GetProperty("memoryGiB").GetInt32(),
                    [.. type.Value.GetProperty("regions").EnumerateArray().Select(region => region.GetString()!)]))
                .OrderBy(offering => offering.Name, StringComparer.Ordinal),
        ];
    }
}
