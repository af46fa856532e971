using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Reflection;

namespace Pulumi.Serialization;

/// <summary>A member of an args class that is an input.</summary>
internal sealed record InputMember(InputAttribute Attribute, string Name, Func<object, object?> Read)
{
    private const BindingFlags Members = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance;

    private static readonly ConcurrentDictionary<Type, ImmutableArray<InputMember>> Known = new();

    /// <summary>The inputs of an args class, fields before properties.</summary>
    public static ImmutableArray<InputMember> Of(Type type) => Known.GetOrAdd(type, static type =>
    [
        .. from field in type.GetFields(Members)
           let attribute = field.GetCustomAttribute<InputAttribute>()
           where attribute is not null
           select new InputMember(attribute, field.Name, field.GetValue),
        .. from property in type.GetProperties(Members)
           let attribute = property.GetCustomAttribute<InputAttribute>()
           where attribute is not null
           select new InputMember(attribute, property.Name, property.GetValue),
    ]);
}
