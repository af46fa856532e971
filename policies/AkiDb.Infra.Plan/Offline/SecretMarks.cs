using System.Collections.Immutable;
using AkiDb.Infra.Plan.Values;

namespace AkiDb.Infra.Plan.Offline;

/// <summary>Blinds the secrets in a resource's inputs where they stand, as Pulumi's engine does, so that rules still see the rest.</summary>
internal static class SecretMarks
{
    /// <summary><paramref name="inputs"/> with a secret in each of <paramref name="paths"/>. Where a path leads nowhere, the whole
    /// property is blinded: rather too much than a secret.</summary>
    public static MapValue Blind(MapValue inputs, IEnumerable<string> paths)
    {
        foreach (var path in paths)
        {
            var steps = PropertyPath.Steps(path).ToImmutableArray();
            inputs = Blind(inputs, steps.AsSpan()) as MapValue
                ?? inputs with { Entries = inputs.Entries.SetItem(steps[0].Key!, SecretValue.Instance) };
        }

        return inputs;
    }

    // Null where nothing stands at the path.
    private static PlanValue? Blind(PlanValue value, ReadOnlySpan<PropertyPath.Step> steps)
    {
        if (steps.IsEmpty || value is SecretValue)
            return SecretValue.Instance;
        return value switch
        {
            MapValue map when steps[0].Key is { } key && map.Entries.TryGetValue(key, out var entry) && Blind(entry, steps[1..]) is { } blinded =>
                map with { Entries = map.Entries.SetItem(key, blinded) },
            ListValue list when steps[0].Index is { } index && index < list.Items.Length && Blind(list.Items[index], steps[1..]) is { } blinded =>
                list with { Items = list.Items.SetItem(index, blinded) },
            _ => null,
        };
    }
}
