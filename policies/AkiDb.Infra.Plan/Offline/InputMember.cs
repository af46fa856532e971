using System.Collections.Immutable;
using System.Reflection;
using Pulumi;

namespace AkiDb.Infra.Plan.Offline;

/// <summary>A field or property of an arguments class that carries <see cref="InputAttribute"/>.</summary>
/// <param name="Name">Its name on the wire.</param>
/// <param name="IsRequired">The provider wants it.</param>
/// <param name="Read">Its value in an instance.</param>
internal sealed record InputMember(string Name, bool IsRequired, Func<object, object?> Read)
{
    private const BindingFlags Instance =
        BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    /// <summary>The inputs of <paramref name="type"/> and its bases. Lists and maps stand in private fields, so that a touch of
    /// the property alone makes no empty list.</summary>
    public static ImmutableArray<InputMember> Of(Type type)
    {
        var members = ImmutableArray.CreateBuilder<InputMember>();
        for (var current = type; current is not null && current != typeof(object); current = current.BaseType)
        {
            foreach (var field in current.GetFields(Instance))
                Add(field, field.GetValue);
            foreach (var property in current.GetProperties(Instance))
                Add(property, property.GetValue);
        }

        return members.ToImmutable();

        void Add(MemberInfo member, Func<object, object?> read)
        {
            // The attribute's values are not public; its constructor's arguments are.
            var attribute = member.CustomAttributes.FirstOrDefault(data => data.AttributeType == typeof(InputAttribute));
            if (attribute is not null)
                members.Add(new InputMember((string)attribute.ConstructorArguments[0].Value!, attribute.ConstructorArguments[1].Value is true, read));
        }
    }
}
