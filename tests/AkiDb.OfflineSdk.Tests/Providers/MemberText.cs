using System.Reflection;

namespace AkiDb.OfflineSdk.Tests.Providers;

/// <summary>Writes members the way C# sources have them, nullability included: <c>Output&lt;int?&gt;</c>. Types without namespaces.</summary>
internal static class MemberText
{
    private static readonly NullabilityInfoContext Nullability = new();

    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(bool)] = "bool",
        [typeof(double)] = "double",
        [typeof(int)] = "int",
        [typeof(object)] = "object",
        [typeof(string)] = "string",
    };

    /// <summary>The type of a property, a field, or the parameters of a constructor (<c>.ctor</c>); null when the type has no such member.</summary>
    public static string? Of(Type type, string member)
    {
        lock (Nullability)
        {
            if (member == ".ctor")
                return string.Join(" | ", type.GetConstructors().Select(c => string.Join(", ", c.GetParameters().Select(Parameter))));
            if (type.GetProperty(member) is { } property)
                return Text(Nullability.Create(property));
            return type.GetField(member) is { } field ? Text(Nullability.Create(field)) : null;
        }
    }

    private static string Parameter(ParameterInfo parameter) =>
        $"{Text(Nullability.Create(parameter))} {parameter.Name}{(parameter.HasDefaultValue ? " = null" : "")}";

    private static string Text(NullabilityInfo info)
    {
        var type = info.Type;
        if (Nullable.GetUnderlyingType(type) is { } value)
            return Keywords.GetValueOrDefault(value, value.Name) + "?";
        var name = Keywords.GetValueOrDefault(type) ?? type.Name.Split('`')[0];
        if (type.IsGenericType)
            name += $"<{string.Join(", ", info.GenericTypeArguments.Select(Text))}>";
        return !type.IsValueType && info.ReadState == NullabilityState.Nullable ? name + "?" : name;
    }
}
