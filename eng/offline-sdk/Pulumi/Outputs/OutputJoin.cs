using System.Collections.Immutable;
using Pulumi.Serialization;

namespace Pulumi;

/// <summary>
/// Joins outputs into one: the result is known when all are, secret when one is, and comes from the resources of all.
/// </summary>
internal sealed class OutputJoin
{
    private ImmutableHashSet<Resource> _resources = ImmutableHashSet<Resource>.Empty;
    private bool _isKnown = true;
    private bool _isSecret;

    public async ValueTask<T> Take<T>(Input<T> input)
    {
        Output<T> output = input;
        var data = await output.DataTask.ConfigureAwait(false);
        Take(data.Resources, data.IsKnown, data.IsSecret);
        return data.Value;
    }

    public void Take(ImmutableHashSet<Resource> resources, bool isKnown, bool isSecret)
    {
        _resources = Union(_resources, resources);
        _isKnown &= isKnown;
        _isSecret |= isSecret;
    }

    public OutputData<T> Complete<T>(T value) => new(_resources, value, _isKnown, _isSecret);

    /// <summary>Set union that allocates nothing in the common cases: one side empty, or both the same set.</summary>
    public static ImmutableHashSet<Resource> Union(ImmutableHashSet<Resource> first, ImmutableHashSet<Resource> second)
        => second.IsEmpty || ReferenceEquals(first, second) ? first
            : first.IsEmpty ? second
            : first.Union(second);
}
