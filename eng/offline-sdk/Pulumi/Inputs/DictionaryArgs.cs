using System.Collections.Immutable;
using Pulumi.Serialization;

namespace Pulumi;

/// <summary>Inputs of a resource that has no args class.</summary>
public sealed class DictionaryResourceArgs : ResourceArgs
{
    private readonly ImmutableDictionary<string, object?> _dictionary;

    /// <exception cref="InvalidOperationException">A value is of a type that cannot be an input.</exception>
    public DictionaryResourceArgs(ImmutableDictionary<string, object?> dictionary)
        => _dictionary = DictionaryArgs.Checked(dictionary, typeof(Output<>));

    internal override IEnumerable<KeyValuePair<string, object?>> ReadInputs() => DictionaryArgs.InOrder(_dictionary);
}

/// <summary>Arguments of a provider function that has no args class.</summary>
public sealed class DictionaryInvokeArgs : InvokeArgs
{
    private readonly ImmutableDictionary<string, object?> _dictionary;

    /// <exception cref="InvalidOperationException">A value is of a type that cannot be an input.</exception>
    public DictionaryInvokeArgs(ImmutableDictionary<string, object?> dictionary)
        => _dictionary = DictionaryArgs.Checked(dictionary, typeof(Output<>), typeof(Input<>));

    internal override IEnumerable<KeyValuePair<string, object?>> ReadInputs() => DictionaryArgs.InOrder(_dictionary);
}

internal static class DictionaryArgs
{
    /// <summary>Checks the values' types, looking inside the wrappers.</summary>
    public static ImmutableDictionary<string, object?> Checked(ImmutableDictionary<string, object?> dictionary, params Type[] wrappers)
    {
        foreach (var value in dictionary.Values)
        {
            if (value?.GetType() is { } type)
            {
                var isWrapped = type.IsGenericType && wrappers.Contains(type.GetGenericTypeDefinition());
                TargetType.Check(nameof(dictionary), isWrapped ? type.GenericTypeArguments[0] : type);
            }
        }

        return dictionary;
    }

    /// <summary>Sorted, because the dictionary's own order differs from run to run.</summary>
    public static IEnumerable<KeyValuePair<string, object?>> InOrder(ImmutableDictionary<string, object?> dictionary)
        => dictionary.OrderBy(entry => entry.Key, StringComparer.Ordinal);
}
