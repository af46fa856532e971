using System.Collections;
using System.Collections.Immutable;

namespace Pulumi;

/// <summary>A map input with string keys; values and the map itself may be outputs.</summary>
public sealed class InputMap<TValue>
    : Input<ImmutableDictionary<string, TValue>>, IEnumerable, IAsyncEnumerable<Input<KeyValuePair<string, TValue>>>, IInputCollection
{
    private Output<ImmutableDictionary<string, Input<TValue>>> _entries;
    private Output<ImmutableDictionary<string, TValue>>? _values;

    /// <summary>An empty map.</summary>
    public InputMap() : this(Output.Create(ImmutableDictionary<string, Input<TValue>>.Empty))
    {
    }

    private InputMap(Output<ImmutableDictionary<string, Input<TValue>>> entries) => _entries = entries;

    /// <inheritdoc cref="Add(string, Input{TValue})"/>
    public Input<TValue> this[string key]
    {
        set => Add(key, value);
    }

    IOutput IInputCollection.Elements => _entries;

    private protected override Output<ImmutableDictionary<string, TValue>> Value => _values ??= Resolve(_entries);

    /// <summary>Adds an entry. A key that is there already must have an equal value, else the map's output fails.</summary>
    public void Add(string key, Input<TValue> value)
        => SetEntries(_entries.Apply(entries => entries.TryGetValue(key, out var present)
            ? entries.SetItem(key, SameOrFail(key, present, value))
            : entries.Add(key, value)));

    /// <summary>Adds all entries of another map; a key in both fails unless it is the same input.</summary>
    public void Add(InputMap<TValue> values) => AddRange(values);

    /// <inheritdoc cref="Add(InputMap{TValue})"/>
    public void AddRange(InputMap<TValue> values)
        => SetEntries(Output.Tuple(_entries, values._entries).Apply(both => both.Item1.AddRange(both.Item2)));

    /// <summary>A new map with the entries of both; the second wins where a key is in both.</summary>
    public static InputMap<TValue> Merge(InputMap<TValue> first, InputMap<TValue> second)
        => new(Output.Tuple(first._entries, second._entries).Apply(both => both.Item1.SetItems(both.Item2)));

    /// <summary>The entries; none when the map is unknown.</summary>
    public async IAsyncEnumerator<Input<KeyValuePair<string, TValue>>> GetAsyncEnumerator(CancellationToken cancellationToken)
    {
        var none = ImmutableDictionary<string, TValue>.Empty;
        foreach (var entry in await Value.GetValueAsync(whenUnknown: none).ConfigureAwait(false))
        {
            yield return entry;
        }
    }

    /// <summary>Not supported: the entries may not be known yet.</summary>
    IEnumerator IEnumerable.GetEnumerator()
        => throw new NotSupportedException($"{GetType()} cannot be enumerated synchronously; use {nameof(GetAsyncEnumerator)}.");

    /// <summary>The entries of a dictionary.</summary>
    public static implicit operator InputMap<TValue>(Dictionary<string, TValue> values) => Output.Create(values);

    /// <inheritdoc cref="op_Implicit(Dictionary{string, TValue})"/>
    public static implicit operator InputMap<TValue>(ImmutableDictionary<string, TValue> values) => Output.Create(values);

    /// <summary>The entries of a dictionary that is an output.</summary>
    public static implicit operator InputMap<TValue>(Output<Dictionary<string, TValue>> values)
        => values.Apply(entries => ImmutableDictionary.CreateRange(entries));

    /// <inheritdoc cref="op_Implicit(Output{Dictionary{string, TValue}})"/>
    public static implicit operator InputMap<TValue>(Output<IDictionary<string, TValue>> values)
        => values.Apply(entries => ImmutableDictionary.CreateRange(entries));

    /// <inheritdoc cref="op_Implicit(Output{Dictionary{string, TValue}})"/>
    public static implicit operator InputMap<TValue>(Output<ImmutableDictionary<string, TValue>> values)
        => new(values.Apply(entries => entries is null
            ? null!
            : entries.ToImmutableDictionary(entry => entry.Key, entry => (Input<TValue>)entry.Value)));

    private void SetEntries(Output<ImmutableDictionary<string, Input<TValue>>> entries)
    {
        _entries = entries;
        _values = null;
    }

    private static Output<TValue> SameOrFail(string key, Input<TValue> first, Input<TValue> second)
        => Output.Tuple(first, second).Apply(both => EqualityComparer<TValue>.Default.Equals(both.Item1, both.Item2)
            ? both.Item1
            : throw new ArgumentException($"Key '{key}' already exists in the map with a different value."));

    private static Output<ImmutableDictionary<string, TValue>> Resolve(Output<ImmutableDictionary<string, Input<TValue>>> entries)
        => entries.Apply(present =>
        {
            if (present is null)
            {
                return Output.Create(default(ImmutableDictionary<string, TValue>)!);
            }

            var keys = present.Keys.ToArray();
            return Output.AllOf(keys.Select(key => present[key]).ToArray())
                .Apply(values => keys.Zip(values, KeyValuePair.Create).ToImmutableDictionary());
        });
}
