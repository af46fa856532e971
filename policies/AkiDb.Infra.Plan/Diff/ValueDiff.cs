using System.Collections.Immutable;
using AkiDb.Infra.Plan.Values;

namespace AkiDb.Infra.Plan.Diff;

/// <summary>Compares two values down to the smallest parts that differ.</summary>
internal sealed class ValueDiff(Correspondence correspondence)
{
    /// <summary>What differs, in the order of the paths; empty where nothing does.</summary>
    public ImmutableArray<PropertyChange> Between(ResourcePart part, PlanValue before, PlanValue after)
    {
        var changes = ImmutableArray.CreateBuilder<PropertyChange>();
        Collect(part, "", before, "", after, changes);
        return changes.DrainToImmutable();
    }

    /// <summary>True where nothing differs.</summary>
    public bool AreSame(PlanValue before, PlanValue after) => (before, after) switch
    {
        (UnknownValue, _) or (_, UnknownValue) when correspondence.UnknownIsAnything => true,
        (TextValue left, TextValue right) => correspondence.AreSame(left.Value, right.Value),
        (ReferenceValue left, ReferenceValue right) => correspondence.AreSame(left.Urn, right.Urn),
        (AssetValue left, AssetValue right) => left.Kind == right.Kind && correspondence.AreSame(left.Content, right.Content),
        (ListValue left, ListValue right) => left.Items.Length == right.Items.Length && left.Items.Zip(right.Items).All(pair => AreSame(pair.First, pair.Second)),
        (MapValue left, MapValue right) => left.Entries.Count == right.Entries.Count
            && Keys(left, right).All(pair => pair is ({ } old, { } @new) && AreSame(left.Entries[old], right.Entries[@new])),
        _ => before.Equals(after),
    };

    private void Collect(
        ResourcePart part, string beforePath, PlanValue before, string afterPath, PlanValue after, ImmutableArray<PropertyChange>.Builder changes)
    {
        switch (before, after)
        {
            case (MapValue left, MapValue right):
                foreach (var (old, @new) in Keys(left, right))
                {
                    Add(
                        part,
                        old is null ? null : PropertyPath.Append(beforePath, old),
                        old is null ? null : left.Entries[old],
                        @new is null ? null : PropertyPath.Append(afterPath, @new),
                        @new is null ? null : right.Entries[@new],
                        changes);
                }

                break;
            case (ListValue left, ListValue right):
                foreach (var (old, @new) in ListAlignment.Align(left.Items, right.Items, AreSame))
                {
                    Add(
                        part,
                        old is null ? null : PropertyPath.Append(beforePath, old.Value),
                        old is null ? null : left.Items[old.Value],
                        @new is null ? null : PropertyPath.Append(afterPath, @new.Value),
                        @new is null ? null : right.Items[@new.Value],
                        changes);
                }

                break;
            default:
                if (!AreSame(before, after))
                    changes.Add(new PropertyChange(part, beforePath, afterPath, before, after));
                break;
        }
    }

    private void Add(
        ResourcePart part, string? beforePath, PlanValue? before, string? afterPath, PlanValue? after, ImmutableArray<PropertyChange>.Builder changes)
    {
        if (before is not null && after is not null)
            Collect(part, beforePath!, before, afterPath!, after, changes);
        else
            changes.Add(new PropertyChange(part, beforePath, afterPath, before, after));
    }

    // Keys to the letter first, then those that only the environment's name tells apart ("kubernetes.io/cluster/akidb-prod").
    private IEnumerable<(string? Before, string? After)> Keys(MapValue before, MapValue after)
    {
        var unmatched = after.Entries.Keys.Where(key => !before.Entries.ContainsKey(key)).ToList();
        var pairs = new List<(string? Before, string? After)>();
        foreach (var key in before.Entries.Keys)
        {
            var match = after.Entries.ContainsKey(key) ? key : unmatched.Find(other => correspondence.AreSame(key, other));
            if (match is not null)
                unmatched.Remove(match);
            pairs.Add((key, match));
        }

        pairs.AddRange(unmatched.Select(key => ((string?)null, (string?)key)));
        return pairs.OrderBy(pair => pair.After ?? pair.Before, StringComparer.Ordinal);
    }
}
