using System.Collections.Frozen;
using System.Runtime.InteropServices;

namespace AkiDb.SearchEngine.Filters;

/// <summary>A condition on a document's metadata.</summary>
internal abstract class FilterNode
{
    /// <summary>Whether a document fulfils it.</summary>
    public abstract bool Matches(ReadOnlySpan<MetadataCell> cells);

    /// <summary>Upper bound on the documents that fulfil it; null where the postings cannot tell.</summary>
    public virtual long? Bound(PostingIndex postings) => null;

    /// <summary>Adds at least every key that fulfils it. Called only where <see cref="Bound"/> gave a number.</summary>
    public virtual void Collect(PostingIndex postings, HashSet<ulong> keys) => throw new InvalidOperationException("This filter has no bound.");
}

/// <summary>The field has a value among some. A field with a list has each of its elements.</summary>
internal sealed class AnyOfNode(int field, MetadataValue[] values) : FilterNode
{
    // A short list is compared faster than it is hashed.
    private readonly FrozenSet<MetadataValue>? _set = values.Length > 8 ? values.ToFrozenSet() : null;

    public override bool Matches(ReadOnlySpan<MetadataCell> cells)
    {
        foreach (ref readonly var cell in cells)
        {
            if (cell.Field == field && (_set?.Contains(cell.Value) ?? values.AsSpan().Contains(cell.Value)))
            {
                return true;
            }
        }

        return false;
    }

    public override long? Bound(PostingIndex postings) => values.Sum(value => (long)(postings.Find(new MetadataCell(field, value))?.Count ?? 0));

    public override void Collect(PostingIndex postings, HashSet<ulong> keys)
    {
        foreach (var value in values)
        {
            foreach (var key in postings.Find(new MetadataCell(field, value)) is { } posting ? posting.Keys : default)
            {
                keys.Add(key);
            }
        }
    }
}

/// <summary>One end of a range.</summary>
/// <param name="Value">Where it is; values of other kinds are outside.</param>
/// <param name="Side">1 where values above are inside, −1 where those below are.</param>
/// <param name="IsIncluded">Whether the value itself is inside.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct RangeBound(MetadataValue Value, int Side, bool IsIncluded)
{
    public bool Includes(in MetadataValue value) => value.CompareTo(Value) is { } sign && (sign == 0 ? IsIncluded : sign > 0 == (Side > 0));
}

/// <summary>The field has a value within all the bounds: of a list, one element within all of them.</summary>
internal sealed class RangeNode(int field, RangeBound[] bounds) : FilterNode
{
    public override bool Matches(ReadOnlySpan<MetadataCell> cells)
    {
        foreach (ref readonly var cell in cells)
        {
            if (cell.Field == field && Includes(cell.Value))
            {
                return true;
            }
        }

        return false;
    }

    private bool Includes(in MetadataValue value)
    {
        foreach (ref readonly var bound in bounds.AsSpan())
        {
            if (!bound.Includes(value))
            {
                return false;
            }
        }

        return true;
    }
}

/// <summary>The field is there, and not null.</summary>
internal sealed class ExistsNode(int field) : FilterNode
{
    public override bool Matches(ReadOnlySpan<MetadataCell> cells)
    {
        foreach (ref readonly var cell in cells)
        {
            if (cell.Field == field)
            {
                return true;
            }
        }

        return false;
    }
}

/// <summary>Every part holds.</summary>
internal sealed class AllNode(FilterNode[] parts) : FilterNode
{
    public override bool Matches(ReadOnlySpan<MetadataCell> cells)
    {
        foreach (var part in parts)
        {
            if (!part.Matches(cells))
            {
                return false;
            }
        }

        return true;
    }

    // Every part bounds the whole, so the tightest does, and its keys are enough.
    public override long? Bound(PostingIndex postings) => parts.Min(part => part.Bound(postings));

    public override void Collect(PostingIndex postings, HashSet<ulong> keys) =>
        parts.Where(part => part.Bound(postings) is not null).MinBy(part => part.Bound(postings))!.Collect(postings, keys);
}

/// <summary>At least one part holds.</summary>
internal sealed class AnyNode(FilterNode[] parts) : FilterNode
{
    public override bool Matches(ReadOnlySpan<MetadataCell> cells)
    {
        foreach (var part in parts)
        {
            if (part.Matches(cells))
            {
                return true;
            }
        }

        return false;
    }

    public override long? Bound(PostingIndex postings)
    {
        var sum = 0L;
        foreach (var part in parts)
        {
            if (part.Bound(postings) is not { } bound)
            {
                return null;
            }

            sum += bound;
        }

        return sum;
    }

    public override void Collect(PostingIndex postings, HashSet<ulong> keys)
    {
        foreach (var part in parts)
        {
            part.Collect(postings, keys);
        }
    }
}

/// <summary>The part does not hold.</summary>
internal sealed class NotNode(FilterNode part) : FilterNode
{
    public override bool Matches(ReadOnlySpan<MetadataCell> cells) => !part.Matches(cells);
}
