using System.Collections.Immutable;

namespace AkiDb.Infra.Plan.Values;

/// <summary>
/// A property's value in a plan: JSON's six kinds, and the four that only a plan has (not known yet, secret, asset,
/// reference to a resource). Compared by content. Rules match on the case they need; a rule that meets
/// <see cref="UnknownValue"/> cannot say yes or no.
/// </summary>
public abstract record PlanValue
{
    private protected PlanValue()
    {
    }

    /// <summary>The value at <paramref name="path"/> below this one, or null where nothing stands there.
    /// Path: keys by dots, list positions in brackets, e.g. <c>vpcConfig.subnetIds[0]</c>.
    /// A step into a value that is not known, or is secret, gives that value itself: what is below it is not known either.</summary>
    public PlanValue? At(string path)
    {
        PlanValue? value = this;
        foreach (var step in PropertyPath.Steps(path))
        {
            value = value switch
            {
                MapValue map when step.Key is { } key => map.Entries.GetValueOrDefault(key),
                ListValue list when step.Index is { } index => index < list.Items.Length ? list.Items[index] : null,
                UnknownValue or SecretValue => value,
                _ => null,
            };
        }

        return value;
    }
}

/// <summary>An explicit null; Pulumi keeps these only as list elements.</summary>
public sealed record NullValue : PlanValue
{
    /// <summary>The only instance anyone needs.</summary>
    public static NullValue Instance { get; } = new();
}

/// <summary>True or false.</summary>
public sealed record BooleanValue(bool Value) : PlanValue;

/// <summary>A number. Pulumi's wire format has only 64-bit floating point: integers are exact up to 2^53.</summary>
public sealed record NumberValue(double Value) : PlanValue;

/// <summary>Text, also the text form of enums.</summary>
public sealed record TextValue(string Value) : PlanValue;

/// <summary>An ordered list.</summary>
public sealed record ListValue(ImmutableArray<PlanValue> Items) : PlanValue
{
    /// <inheritdoc/>
    public bool Equals(ListValue? other) => other is not null && Items.SequenceEqual(other.Items);

    /// <inheritdoc/>
    public override int GetHashCode() => Items.Aggregate(17, HashCode.Combine);
}

/// <summary>An object; keys are sorted by code point, so that two equal plans print equal bytes.</summary>
public sealed record MapValue(ImmutableSortedDictionary<string, PlanValue> Entries) : PlanValue
{
    /// <summary>An object without entries.</summary>
    public static MapValue Empty { get; } = From([]);

    /// <summary>Makes an object of <paramref name="entries"/>; a key that comes twice throws <see cref="ArgumentException"/>.</summary>
    public static MapValue From(IEnumerable<KeyValuePair<string, PlanValue>> entries) =>
        new(ImmutableSortedDictionary.CreateRange(StringComparer.Ordinal, entries));

    /// <inheritdoc/>
    public bool Equals(MapValue? other) => other is not null && Entries.SequenceEqual(other.Entries);

    /// <inheritdoc/>
    public override int GetHashCode() =>
        Entries.Aggregate(19, (hash, entry) => HashCode.Combine(hash, entry.Key, entry.Value));
}

/// <summary>A value that only exists once a provider has answered.</summary>
public sealed record UnknownValue : PlanValue
{
    /// <summary>The only instance anyone needs.</summary>
    public static UnknownValue Instance { get; } = new();
}

/// <summary>A secret. A plan never holds what it says.</summary>
public sealed record SecretValue : PlanValue
{
    /// <summary>The only instance anyone needs.</summary>
    public static SecretValue Instance { get; } = new();
}

/// <summary>A file or archive that goes up with the resource.</summary>
/// <param name="Kind"><c>text</c>, <c>file</c>, <c>remote</c> or <c>archive</c>.</param>
/// <param name="Content">The text itself, the path or address, or for an archive the paths inside it, sorted, one a line.</param>
public sealed record AssetValue(string Kind, string Content) : PlanValue;

/// <summary>Another resource as a whole.</summary>
/// <param name="Urn">Its URN.</param>
public sealed record ReferenceValue(string Urn) : PlanValue;
