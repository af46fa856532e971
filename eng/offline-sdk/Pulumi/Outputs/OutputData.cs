using System.Collections.Immutable;

namespace Pulumi.Serialization;

/// <summary>What an output resolves to: a value, whether it is known yet and secret, and the resources it came from.</summary>
internal readonly record struct OutputData<T>(ImmutableHashSet<Resource> Resources, T Value, bool IsKnown, bool IsSecret)
{
    public OutputData<object?> Untyped() => new(Resources, Value, IsKnown, IsSecret);
}

internal static class OutputData
{
    public static OutputData<T> Known<T>(T value, bool isSecret = false)
        => new(ImmutableHashSet<Resource>.Empty, value, IsKnown: true, isSecret);

    public static OutputData<T> Unknown<T>(T value, bool isSecret = false)
        => new(ImmutableHashSet<Resource>.Empty, value, IsKnown: false, isSecret);
}
