using System.Collections;
using System.Collections.Immutable;

namespace Pulumi;

/// <summary>A list input; elements and the list itself may be outputs.</summary>
public sealed class InputList<T> : Input<ImmutableArray<T>>, IEnumerable, IAsyncEnumerable<Input<T>>, IInputCollection
{
    private Output<ImmutableArray<Input<T>>> _elements;
    private Output<ImmutableArray<T>>? _values;

    /// <summary>An empty list.</summary>
    public InputList() : this(Output.Create(ImmutableArray<Input<T>>.Empty))
    {
    }

    private InputList(Output<ImmutableArray<Input<T>>> elements) => _elements = elements;

    IOutput IInputCollection.Elements => _elements;

    private protected override Output<ImmutableArray<T>> Value
        => _values ??= _elements.Apply(elements => elements.IsDefault
            ? Output.Create(default(ImmutableArray<T>))
            : Output.AllOf(elements));

    /// <summary>Adds the inputs at the end.</summary>
    public void Add(params Input<T>[] inputs) => AddRange(inputs);

    /// <summary>Adds all elements of another list at the end.</summary>
    public void Add(InputList<T> inputs) => AddRange(inputs);

    /// <inheritdoc cref="Add(InputList{T})"/>
    public void AddRange(InputList<T> inputs)
    {
        _elements = Joined(inputs);
        _values = null;
    }

    /// <summary>A new list with the elements of both.</summary>
    public InputList<T> Concat(InputList<T> other) => new(Joined(other));

    /// <summary>The values, without their secretness; none when the list is unknown.</summary>
    public async IAsyncEnumerator<Input<T>> GetAsyncEnumerator(CancellationToken cancellationToken)
    {
        foreach (var value in await Value.GetValueAsync(whenUnknown: ImmutableArray<T>.Empty).ConfigureAwait(false))
        {
            yield return value;
        }
    }

    /// <summary>Not supported: the elements may not be known yet.</summary>
    IEnumerator IEnumerable.GetEnumerator()
        => throw new NotSupportedException($"{GetType()} cannot be enumerated synchronously; use {nameof(GetAsyncEnumerator)}.");

    /// <summary>One element.</summary>
    public static implicit operator InputList<T>(T value) => FromInputs([value]);

    /// <inheritdoc cref="op_Implicit(T)"/>
    public static implicit operator InputList<T>(Output<T> value) => FromInputs([value]);

    /// <inheritdoc cref="op_Implicit(T)"/>
    public static implicit operator InputList<T>(Input<T> value) => FromInputs([value]);

    /// <summary>The elements of a collection.</summary>
    public static implicit operator InputList<T>(T[] values) => FromInputs([.. values.Select(value => (Input<T>)value)]);

    /// <inheritdoc cref="op_Implicit(T[])"/>
    public static implicit operator InputList<T>(Output<T>[] values) => FromInputs([.. values.Select(value => (Input<T>)value)]);

    /// <inheritdoc cref="op_Implicit(T[])"/>
    public static implicit operator InputList<T>(Input<T>[] values) => FromInputs([.. values]);

    /// <inheritdoc cref="op_Implicit(T[])"/>
    public static implicit operator InputList<T>(List<T> values) => FromInputs([.. values.Select(value => (Input<T>)value)]);

    /// <inheritdoc cref="op_Implicit(T[])"/>
    public static implicit operator InputList<T>(List<Output<T>> values) => FromInputs([.. values.Select(value => (Input<T>)value)]);

    /// <inheritdoc cref="op_Implicit(T[])"/>
    public static implicit operator InputList<T>(List<Input<T>> values) => FromInputs([.. values]);

    /// <inheritdoc cref="op_Implicit(T[])"/>
    public static implicit operator InputList<T>(ImmutableArray<T> values)
        => FromInputs(values.IsDefault ? default : [.. values.Select(value => (Input<T>)value)]);

    /// <inheritdoc cref="op_Implicit(T[])"/>
    public static implicit operator InputList<T>(ImmutableArray<Output<T>> values)
        => FromInputs(values.IsDefault ? default : [.. values.Select(value => (Input<T>)value)]);

    /// <inheritdoc cref="op_Implicit(T[])"/>
    public static implicit operator InputList<T>(ImmutableArray<Input<T>> values) => FromInputs(values);

    /// <summary>The elements of a collection that is an output.</summary>
    public static implicit operator InputList<T>(Output<T[]> values) => values.Apply(items => ImmutableArray.CreateRange(items));

    /// <inheritdoc cref="op_Implicit(Output{T[]})"/>
    public static implicit operator InputList<T>(Output<List<T>> values) => values.Apply(items => ImmutableArray.CreateRange(items));

    /// <inheritdoc cref="op_Implicit(Output{T[]})"/>
    public static implicit operator InputList<T>(Output<IEnumerable<T>> values)
        => values.Apply(items => ImmutableArray.CreateRange(items));

    /// <inheritdoc cref="op_Implicit(Output{T[]})"/>
    public static implicit operator InputList<T>(Output<ImmutableArray<T>> values)
        => new(values.Apply(items => items.IsDefault ? default : ImmutableArray.CreateRange(items, item => (Input<T>)item)));

    internal InputList<T> Clone() => new(_elements);

    private static InputList<T> FromInputs(ImmutableArray<Input<T>> elements) => new(Output.Create(elements));

    private Output<ImmutableArray<Input<T>>> Joined(InputList<T> other)
        => Output.Tuple(_elements, other._elements).Apply(both => both.Item1.AddRange(both.Item2));
}
