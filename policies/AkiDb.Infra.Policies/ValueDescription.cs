using System.Globalization;
using AkiDb.Infra.Plan.Values;

namespace AkiDb.Infra.Policies;

/// <summary>A value in a sentence: short, on one line.</summary>
internal static class ValueDescription
{
    private const int Longest = 120;

    public static string Of(PlanValue? value)
    {
        var text = Write(value);
        return text.Length <= Longest ? text : string.Concat(text.AsSpan(0, Longest), "…");
    }

    private static string Write(PlanValue? value) => value switch
    {
        null or NullValue => "absent",
        BooleanValue flag => flag.Value ? "true" : "false",
        NumberValue number => number.Value.ToString(CultureInfo.InvariantCulture),
        TextValue { Value: "" } => "empty",
        TextValue text => text.Value.ReplaceLineEndings(" "),
        ListValue { Items.Length: 0 } => "an empty list",
        ListValue list => string.Join(", ", list.Items.Select(Write)),
        MapValue map => "{" + string.Join(", ", map.Entries.Select(entry => $"{entry.Key}: {Write(entry.Value)}")) + "}",
        UnknownValue => "not known yet",
        SecretValue => "secret",
        ReferenceValue reference => reference.Urn,
        AssetValue asset => $"{asset.Kind} asset",
        _ => value.ToString()!,
    };
}
