using System.Globalization;
using AkiDb.Infra.Plan.Values;

namespace AkiDb.Infra.Costs.Capacity;

/// <summary>Kubernetes quantities, e.g. <c>500m</c>, <c>2Gi</c> (kubernetes apimachinery, resource.Quantity).</summary>
internal static class Quantities
{
    private static readonly (string Suffix, decimal Factor)[] Suffixes =
    [
        ("Ki", 1024m), ("Mi", 1024m * 1024), ("Gi", 1024m * 1024 * 1024), ("Ti", 1024m * 1024 * 1024 * 1024),
        ("m", 0.001m), ("k", 1_000m), ("M", 1_000_000m), ("G", 1_000_000_000m), ("T", 1_000_000_000_000m),
    ];

    /// <summary>A quantity in base units (cores, bytes); null where it is absent, unknown or no quantity.</summary>
    public static decimal? Base(PlanValue? value) => value switch
    {
        NumberValue number => (decimal)number.Value,
        TextValue text => Base(text.Value),
        _ => null,
    };

    /// <summary>CPU in thousandths of a core, rounded up.</summary>
    public static int? Millicores(PlanValue? value) => Base(value) is { } cores ? (int)decimal.Ceiling(cores * 1000) : null;

    /// <summary>Memory in MiB, rounded up.</summary>
    public static int? MiB(PlanValue? value) => Base(value) is { } bytes ? (int)decimal.Ceiling(bytes / (1024 * 1024)) : null;

    /// <summary>Storage in GiB.</summary>
    public static decimal? GiB(PlanValue? value) => Base(value) / (1024 * 1024 * 1024);

    private static decimal? Base(string text)
    {
        var (suffix, factor) = Array.Find(Suffixes, entry => text.EndsWith(entry.Suffix, StringComparison.Ordinal));
        var digits = suffix is null ? text : text[..^suffix.Length];
        return decimal.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number * (suffix is null ? 1 : factor) : null;
    }
}
