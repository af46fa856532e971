using System.Collections.Immutable;
using AkiDb.Infra.Plan.Values;

namespace AkiDb.TestKit.Plans;

/// <summary>Changed copies of plan values.</summary>
public static class ValueEdit
{
    /// <summary>A copy of <paramref name="map"/> with the value at <paramref name="path"/> set, or taken away where it is null.
    /// Objects on the way are made; a list position must exist, or be the next one.</summary>
    public static MapValue With(this MapValue map, string path, PlanValue? value) =>
        (MapValue)Edit(map, [.. PropertyPath.Steps(path)], value)!;

    private static PlanValue? Edit(PlanValue? node, ImmutableArray<PropertyPath.Step> steps, PlanValue? value)
    {
        if (steps.IsEmpty)
            return value;
        var (key, index) = steps[0];
        if (key is not null)
        {
            var entries = node is MapValue map ? map.Entries : MapValue.Empty.Entries;
            var changed = Edit(entries.GetValueOrDefault(key), steps[1..], value);
            return new MapValue(changed is null ? entries.Remove(key) : entries.SetItem(key, changed));
        }

        var items = node is ListValue list ? list.Items : [];
        var element = Edit(index < items.Length ? items[index.Value] : null, steps[1..], value);
        return new ListValue(element is null ? items.RemoveAt(index!.Value) : index == items.Length ? items.Add(element) : items.SetItem(index!.Value, element));
    }
}
