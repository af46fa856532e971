using AkiDb.Infra.Plan;
using AkiDb.Infra.Plan.Values;
using Humanizer;

namespace AkiDb.Infra.Cli.Reports.Picture;

/// <summary>The words on a card.</summary>
internal static class PictureDetail
{
    /// <summary>What stands between the parts of a detail.</summary>
    public const string Separator = " · ";

    /// <summary>As many parts of <paramref name="detail"/>, from the front, as fit; the first is cut where even it does not.</summary>
    public static string Fit(string detail, double fontSize, double width)
    {
        while (TextWidth.Of(detail, fontSize) > width && detail.LastIndexOf(Separator, StringComparison.Ordinal) is > 0 and var last)
            detail = detail[..last];
        return TextWidth.Fit(detail, fontSize, width);
    }

    /// <summary>What a resource is called.</summary>
    public static string Label(PlannedResource resource, PictureKind kind)
    {
        var label = FullLabel(resource, kind);
        // It stands in its region's frame: no need to begin every name with it.
        return resource.Region is { } region && label.Length > region.Length + 1 && label.StartsWith($"{region}-", StringComparison.Ordinal)
            ? label[(region.Length + 1)..]
            : label;
    }

    private static string FullLabel(PlannedResource resource, PictureKind kind) =>
        kind.LabelPaths.Select(path => resource.Input(path)).OfType<TextValue>().Select(text => text.Value).FirstOrDefault(text => text.Length > 0) is { } label
            // A service is named com.amazonaws.REGION.SERVICE.
            ? resource.Type == PictureCatalog.Endpoint ? $"{label[(label.LastIndexOf('.') + 1)..]} endpoint" : label
            : resource.Name;

    /// <summary>Its second line: the kind where the name alone does not say it, and its figures.</summary>
    public static string Detail(PlannedResource resource, PictureKind kind) => string.Join(
        Separator,
        kind.DetailPaths
            .Select(path => resource.Input(path) is { } value ? Figure(path, value) : null)
            .Prepend(kind.Shape == PictureShape.Card && kind.Icon.Length > 0 ? kind.Title : null)
            .Where(text => !string.IsNullOrEmpty(text)));

    private static string? Figure(string path, PlanValue value) => (path, value) switch
    {
        ("spec.replicas", NumberValue replicas) => $"×{replicas.Value}",
        ("memorySize", NumberValue megabytes) => $"{megabytes.Value} MB",
        ("version", TextValue version) => version.Value,
        ("capacityType", TextValue type) => CapacityType(type.Value),
        ("scalingConfig", MapValue sizes) when sizes.At("minSize") is NumberValue least && sizes.At("maxSize") is NumberValue most =>
            least == most ? $"{"node".ToQuantity((int)least.Value)}" : $"{least.Value}–{most.Value} nodes",
        ("instanceTypes", ListValue types) => types.Items is [TextValue only] ? only.Value : "type".ToQuantity(types.Items.Length),
        ("spec.limits", MapValue limits) when limits.At("cpu") is { } cpu => $"≤ {ValueText.OneLine(cpu)} CPU",
        ("spec.template.spec.requirements", ListValue requirements) => Capacity(requirements),
        (_, TextValue text) => text.Value,
        (_, NumberValue number) => $"{number.Value}",
        _ => null,
    };

    // Karpenter says spot or on-demand in a requirement (karpenter.sh, "NodePools", v1).
    private static string? Capacity(ListValue requirements) => requirements.Items
        .Where(item => item.At("key") is TextValue { Value: "karpenter.sh/capacity-type" })
        .Select(item => item.At("values"))
        .OfType<ListValue>()
        .Select(values => string.Join(" and ", values.Items.OfType<TextValue>().Select(text => CapacityType(text.Value))))
        .FirstOrDefault();

    private static string CapacityType(string type) => type.ToUpperInvariant() switch
    {
        "SPOT" => "spot",
        "ON_DEMAND" or "ON-DEMAND" => "on-demand",
        _ => type,
    };
}
