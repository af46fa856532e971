using AkiDb.Infra.Plan.Diff;
using AkiDb.Infra.Plan.Values;

namespace AkiDb.Infra.Tests.Plan.Diff;

/// <summary>Does to a value what a diff says was done to it: the definition of a right diff.</summary>
internal static class DiffApplication
{
    /// <summary>What comes out: first the changes at their old places, then what is gone from behind, then what is new from the front.</summary>
    public static PlanValue Apply(PlanValue before, IReadOnlyList<PropertyChange> changes)
    {
        var value = before;
        foreach (var change in changes.Where(change => change.Kind == ChangeKind.Changed))
            value = Set(value, Steps(change.BeforePath!), change.After!);
        foreach (var change in changes.Where(change => change.Kind == ChangeKind.Removed).Reverse())
            value = Remove(value, Steps(change.BeforePath!));
        foreach (var change in changes.Where(change => change.Kind == ChangeKind.Added))
            value = Insert(value, Steps(change.AfterPath!), change.After!);
        return value;
    }

    private static PropertyPath.Step[] Steps(string path) => [.. PropertyPath.Steps(path)];

    private static PlanValue Set(PlanValue value, ReadOnlySpan<PropertyPath.Step> steps, PlanValue item)
    {
        if (steps.IsEmpty)
            return item;
        var rest = steps[1..];
        return value switch
        {
            MapValue map => new MapValue(map.Entries.SetItem(steps[0].Key!, Set(map.Entries[steps[0].Key!], rest, item))),
            ListValue list => new ListValue(list.Items.SetItem(steps[0].Index!.Value, Set(list.Items[steps[0].Index!.Value], rest, item))),
            _ => throw new InvalidOperationException($"A path leads into {value}."),
        };
    }

    private static PlanValue Remove(PlanValue value, ReadOnlySpan<PropertyPath.Step> steps)
    {
        var step = steps[0];
        if (steps.Length > 1)
            return Replace(value, step, Remove(Child(value, step), steps[1..]));
        return value is MapValue map ? new MapValue(map.Entries.Remove(step.Key!)) : new ListValue(((ListValue)value).Items.RemoveAt(step.Index!.Value));
    }

    private static PlanValue Insert(PlanValue value, ReadOnlySpan<PropertyPath.Step> steps, PlanValue item)
    {
        var step = steps[0];
        if (steps.Length > 1)
            return Replace(value, step, Insert(Child(value, step), steps[1..], item));
        return value is MapValue map ? new MapValue(map.Entries.Add(step.Key!, item)) : new ListValue(((ListValue)value).Items.Insert(step.Index!.Value, item));
    }

    private static PlanValue Child(PlanValue value, PropertyPath.Step step) =>
        value is MapValue map ? map.Entries[step.Key!] : ((ListValue)value).Items[step.Index!.Value];

    private static PlanValue Replace(PlanValue value, PropertyPath.Step step, PlanValue child) => value is MapValue map
        ? new MapValue(map.Entries.SetItem(step.Key!, child))
        : new ListValue(((ListValue)value).Items.SetItem(step.Index!.Value, child));
}
