using System.Collections.Immutable;
using System.Text.Json;
using AkiDb.Infra.Plan.Json;
using AkiDb.Infra.Plan.Values;

namespace AkiDb.Infra.Plan.Diff;

/// <summary>A change of a text that is JSON, such as an IAM policy, taken apart.</summary>
public static class JsonTextChange
{
    /// <summary>What changed inside, with the text's own path in front; just <paramref name="change"/> itself where either
    /// text is no JSON object or list, or where only the spelling differs.</summary>
    public static ImmutableArray<PropertyChange> Expand(PropertyChange change, Correspondence correspondence)
    {
        if (Parse(change.Before) is not { } before || Parse(change.After) is not { } after)
            return [change];
        var inside = new ValueDiff(correspondence).Between(change.Part, before, after);
        return inside.IsEmpty
            ? [change]
            : [.. inside.Select(inner => inner with { BeforePath = Join(change.BeforePath, inner.BeforePath), AfterPath = Join(change.AfterPath, inner.AfterPath) })];
    }

    private static string? Join(string? outer, string? inner) =>
        inner is null ? null : inner.Length == 0 || inner[0] == '[' ? outer + inner : $"{outer}.{inner}";

    private static PlanValue? Parse(PlanValue? value)
    {
        if (value is not TextValue text || text.Value.AsSpan().TrimStart() is not ['{' or '[', ..])
            return null;
        try
        {
            using var document = JsonDocument.Parse(text.Value);
            return PlanValueJson.Read(document.RootElement);
        }
        catch (Exception problem) when (problem is JsonException or FormatException or ArgumentException or KeyNotFoundException or InvalidOperationException)
        {
            // Looks like JSON and is none, or has a key twice: then it is plain text.
            return null;
        }
    }
}
