using System.Collections.Immutable;
using AkiDb.Infra.Plan;
using AkiDb.Infra.Plan.Values;

namespace AkiDb.Infra.Costs.Charges;

/// <summary>Short ways to read inputs; what is unknown or absent is null.</summary>
internal static class InputReading
{
    public static string? Text(this PlannedResource resource, string path) => (resource.Input(path) as TextValue)?.Value;

    public static decimal? Number(this PlannedResource resource, string path) => resource.Input(path) switch
    {
        NumberValue number => (decimal)number.Value,
        // Some providers take numbers as text, e.g. an anomaly alarm's period.
        TextValue text when decimal.TryParse(text.Value, System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out var value) => value,
        _ => null,
    };

    public static bool Flag(this PlannedResource resource, string path) => resource.Input(path) is BooleanValue { Value: true };

    public static ImmutableArray<PlanValue> Items(this PlannedResource resource, string path) => resource.Input(path).Items();

    public static ImmutableArray<PlanValue> Items(this PlanValue? value) => value is ListValue list ? list.Items : [];

    public static string? TextAt(this PlanValue? value, string path) => (value?.At(path) as TextValue)?.Value;

    public static decimal? NumberAt(this PlanValue? value, string path) => value?.At(path) is NumberValue number ? (decimal)number.Value : null;
}
