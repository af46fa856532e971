using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Reflection;

namespace Pulumi.Serialization;

/// <summary>The outputs of one resource that wait for its registration.</summary>
internal sealed class OutputSlots
{
    private static readonly ConcurrentDictionary<Type, ImmutableArray<OutputProperty>> Properties = new();

    private readonly ImmutableArray<(string Name, IOutputSlot Slot)> _slots;

    private OutputSlots(ImmutableArray<(string Name, IOutputSlot Slot)> slots) => _slots = slots;

    public static OutputSlots None { get; } = new([]);

    /// <summary>Makes an unresolved output for each property marked with <see cref="OutputAttribute"/> and assigns it.</summary>
    /// <param name="resource">The resource under construction.</param>
    /// <param name="includeComponentOutputs">Whether a component's outputs come from outside; normally it assigns them itself.</param>
    /// <exception cref="RunException">A property is not an output.</exception>
    public static OutputSlots Attach(Resource resource, bool includeComponentOutputs)
    {
        var ownOnly = resource is ComponentResource && !includeComponentOutputs;
        var slots = ImmutableArray.CreateBuilder<(string, IOutputSlot)>();
        foreach (var property in Properties.GetOrAdd(resource.GetType(), FindProperties))
        {
            if (!ownOnly || property.Info.DeclaringType == typeof(Resource))
            {
                slots.Add((property.Name, property.Attach(resource)));
            }
        }

        return new OutputSlots(slots.DrainToImmutable());
    }

    /// <summary>Resolves urn and id, then every output that the provider returned.</summary>
    public void Resolve(string urn, string? id, ImmutableDictionary<string, object?> state)
    {
        foreach (var (name, slot) in _slots)
        {
            if (name == WireFormat.UrnProperty)
            {
                slot.ResolveText(urn, isKnown: true);
            }
            else if (name == WireFormat.IdProperty)
            {
                slot.ResolveText(id ?? "", isKnown: !string.IsNullOrEmpty(id));
            }
            else if (state.TryGetValue(name, out var value))
            {
                slot.Resolve(value);
            }
        }
    }

    public void Fail(Exception error)
    {
        foreach (var (_, slot) in _slots)
        {
            slot.TryFail(error);
        }
    }

    /// <summary>Resolves what is left with its default.</summary>
    public void ResolveRest(bool isKnown)
    {
        foreach (var (_, slot) in _slots)
        {
            slot.TryResolveDefault(isKnown);
        }
    }

    private static ImmutableArray<OutputProperty> FindProperties(Type type)
        => [.. from property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
               let attribute = property.GetCustomAttribute<OutputAttribute>()
               where attribute is not null
               select OutputProperty.Create(type, property, attribute.Name ?? property.Name)];
}
