using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace AkiDb.OfflineSdk.Tests.Core;

/// <summary>
/// The public surface of an assembly, a line a member, as published-api.txt has it. Type parameters are named by place (T1 of the
/// type, U1 of the method) and tuple elements are not named, because neither matters to a caller.
/// </summary>
internal static class PublicSurface
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(void)] = "void",
        [typeof(object)] = "object",
        [typeof(string)] = "string",
        [typeof(bool)] = "bool",
        [typeof(int)] = "int",
        [typeof(double)] = "double",
    };

    public static ImmutableSortedSet<string> Of(Assembly assembly)
        => assembly.GetExportedTypes()
            .SelectMany(type => typeof(Delegate).IsAssignableFrom(type) ? [Name(type)] : MembersOf(type).Prepend(Name(type)))
            .ToImmutableSortedSet(StringComparer.Ordinal);

    private static IEnumerable<string> MembersOf(Type type)
    {
        var owner = Name(type);
        foreach (var constructor in type.GetConstructors(Declared).Where(IsVisible))
        {
            yield return $"{owner}.{type.Name.Split('`')[0]}({Parameters(constructor)}) -> void";
        }

        foreach (var field in type.GetFields(Declared).Where(field => field.IsPublic || field.IsFamily))
        {
            var modifiers = (field.IsStatic ? "static " : "") + (field.IsInitOnly ? "readonly " : "");
            yield return $"{modifiers}{owner}.{field.Name} -> {Name(field.FieldType)}";
        }

        foreach (var method in type.GetMethods(Declared).Where(IsVisible))
        {
            yield return MethodLine(owner, type, method);
        }
    }

    private static string MethodLine(string owner, Type type, MethodInfo method)
    {
        var isOverride = method.IsVirtual && method.GetBaseDefinition().DeclaringType != type;
        var modifier = method.IsStatic ? "static " : isOverride ? "override " : "";
        var result = Name(method.ReturnType);
        if (Accessor(type, method) is { } accessor)
        {
            return $"{modifier}{owner}.{accessor} -> {result}";
        }

        var name = method.Name switch
        {
            "op_Implicit" => $"implicit operator {result}",
            "op_Equality" => "operator ==",
            "op_Inequality" => "operator !=",
            _ => method.Name,
        };
        var generics = method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(Name))}>" : "";
        return $"{modifier}{owner}.{name}{generics}({Parameters(method)}) -> {result}";
    }

    private static string? Accessor(Type type, MethodInfo method)
    {
        var property = Array.Find(type.GetProperties(Declared), candidate => candidate.GetAccessors(nonPublic: true).Contains(method));
        if (property is null)
        {
            return null;
        }

        var index = string.Join(", ", property.GetIndexParameters().Select(Parameter));
        return $"{(index.Length > 0 ? $"this[{index}]" : property.Name)}.{(property.GetMethod == method ? "get" : "set")}";
    }

    private static bool IsVisible(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static string Parameters(MethodBase method)
        => (method.IsDefined(typeof(ExtensionAttribute), inherit: false) ? "this " : "")
            + string.Join(", ", method.GetParameters().Select(Parameter));

    private static string Parameter(ParameterInfo parameter)
    {
        var modifier = parameter.IsOut ? "out " : parameter.IsDefined(typeof(ParamArrayAttribute)) ? "params " : "";
        var value = !parameter.HasDefaultValue ? ""
            : parameter.DefaultValue switch
            {
                null => " = null",
                bool flag => flag ? " = true" : " = false",
                var other => $" = {other}",
            };
        return $"{modifier}{Name(parameter.ParameterType)} {parameter.Name}{value}";
    }

    private static string Name(Type type)
    {
        if (Keywords.TryGetValue(type, out var keyword))
        {
            return keyword;
        }

        if (type.IsByRef)
        {
            return Name(type.GetElementType()!);
        }

        if (type.IsArray)
        {
            return Name(type.GetElementType()!) + "[]";
        }

        if (type.IsGenericParameter)
        {
            return $"{(type.DeclaringMethod is null ? "T" : "U")}{type.GenericParameterPosition + 1}";
        }

        if (Nullable.GetUnderlyingType(type) is { } underlying)
        {
            return Name(underlying) + "?";
        }

        if (typeof(ITuple).IsAssignableFrom(type) && type.IsConstructedGenericType)
        {
            return $"({string.Join(", ", TupleItems(type).Select(Name))})";
        }

        var arguments = type.IsGenericType ? $"<{string.Join(", ", type.GetGenericArguments().Select(Name))}>" : "";
        return $"{type.Namespace}.{type.Name.Split('`')[0]}{arguments}";
    }

    /// <summary>Tuples of more than seven items keep the rest in an inner tuple.</summary>
    private static IEnumerable<Type> TupleItems(Type tuple)
        => tuple.GenericTypeArguments is [.. var first, var rest] arguments && arguments.Length == 8
            ? first.Concat(TupleItems(rest))
            : tuple.GenericTypeArguments;
}
