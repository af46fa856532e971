using System.Reflection;

namespace Pulumi.Serialization;

/// <summary>A property of a resource class that is an output.</summary>
internal abstract class OutputProperty(PropertyInfo info, string name)
{
    public PropertyInfo Info { get; } = info;

    /// <summary>The name that the provider knows.</summary>
    public string Name { get; } = name;

    public static OutputProperty Create(Type owner, PropertyInfo info, string name)
    {
        var type = info.PropertyType;
        return type.IsConstructedGenericType && type.GetGenericTypeDefinition() == typeof(Output<>)
            ? (OutputProperty)Activator.CreateInstance(
                typeof(OutputProperty<>).MakeGenericType(type.GenericTypeArguments), owner, info, name)!
            : new WrongProperty(info, name);
    }

    /// <summary>Assigns an unresolved output to the property.</summary>
    public abstract IOutputSlot Attach(Resource resource);

    /// <summary>Fails only when used, so that a component may mark such a property although it assigns it itself.</summary>
    private sealed class WrongProperty(PropertyInfo info, string name) : OutputProperty(info, name)
    {
        public override IOutputSlot Attach(Resource resource) => throw RunException.OutputsHaveWrongType([Name]);
    }
}

/// <inheritdoc/>
internal sealed class OutputProperty<T>(Type owner, PropertyInfo info, string name) : OutputProperty(info, name)
{
    private readonly MethodInfo? _setter = info.DeclaringType!.GetProperty(info.Name)?.GetSetMethod(nonPublic: true);

    public override IOutputSlot Attach(Resource resource)
    {
        var context = $"[Output] {owner.FullName}.{Info.Name}";
        TargetType.Check(context, typeof(T));
        var setter = _setter ?? throw new InvalidOperationException($"{context} did not have a 'set' method");
        var slot = new OutputSlot<T>(resource);
        setter.CreateDelegate<Action<Output<T>>>(resource)(slot.Output);
        return slot;
    }
}

/// <summary>An output that waits for its value.</summary>
internal interface IOutputSlot
{
    void ResolveText(string value, bool isKnown);

    void Resolve(object? wire);

    void TryResolveDefault(bool isKnown);

    void TryFail(Exception error);
}

/// <inheritdoc/>
internal sealed class OutputSlot<T> : IOutputSlot
{
    private readonly TaskCompletionSource<OutputData<T>> _data = new();
    private readonly Resource _resource;

    public OutputSlot(Resource resource)
    {
        _resource = resource;
        Output = new Output<T>(_data.Task);
    }

    public Output<T> Output { get; }

    public void ResolveText(string value, bool isKnown)
        => _data.SetResult(new([_resource], (T)(object)value, isKnown, IsSecret: false));

    public void Resolve(object? wire) => _data.SetResult(OutputConverter.Convert<T>(wire, [_resource]));

    public void TryResolveDefault(bool isKnown) => _data.TrySetResult(new([_resource], default!, isKnown, IsSecret: false));

    public void TryFail(Exception error) => _data.TrySetException(error);
}
