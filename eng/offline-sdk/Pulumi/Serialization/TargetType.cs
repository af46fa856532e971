using System.Collections;
using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Reflection;
using System.Text.Json;

namespace Pulumi.Serialization;

/// <summary>Which types an output may have, and how they are taken apart.</summary>
internal static class TargetType
{
    private const BindingFlags AnyInstance = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance;

    private static readonly HashSet<Type> Simple =
    [
        typeof(bool), typeof(int), typeof(double), typeof(string), typeof(object), typeof(JsonElement),
        typeof(Asset), typeof(Archive), typeof(AssetOrArchive),
        typeof(ImmutableDictionary<string, object>), typeof(ImmutableArray<object>),
    ];

    private static readonly ConcurrentDictionary<Type, bool> Checked = new();

    /// <param name="context">Where the type stands, for errors.</param>
    /// <param name="type">The type of an output's value.</param>
    /// <exception cref="InvalidOperationException">No value from a provider can become this type.</exception>
    public static void Check(string context, Type type)
    {
        if (!Checked.ContainsKey(type))
        {
            Check(context, type, []);
            Checked.TryAdd(type, true);
        }
    }

    public static bool IsDefaultArray(IList list)
        => list.GetType() is { IsGenericType: true } type
            && type.GetGenericTypeDefinition() == typeof(ImmutableArray<>)
            && (bool)type.GetProperty(nameof(ImmutableArray<int>.IsDefault))!.GetValue(list)!;

    /// <summary>The constructor whose parameters are the properties; null if it is not clear which one.</summary>
    public static ConstructorInfo? OutputConstructor(Type type)
    {
        var constructors = type.GetConstructors(AnyInstance);
        return Array.Find(constructors, constructor => constructor.IsDefined(typeof(OutputConstructorAttribute)))
            ?? (constructors.Where(constructor => constructor.IsPublic).ToArray() is [var only] ? only : null);
    }

    public static ConstructorInfo? EnumConstructor(Type type, Type underlying)
        => type.GetConstructor(AnyInstance, [underlying]);

    /// <summary>The operator that gives an enum struct's string or number.</summary>
    /// <exception cref="InvalidOperationException">The struct has none.</exception>
    public static MethodInfo EnumConversion(Type type)
        => type.GetMethod("op_Explicit", BindingFlags.Public | BindingFlags.Static, [type]) is { } conversion
            && (conversion.ReturnType == typeof(string) || conversion.ReturnType == typeof(double))
            ? conversion
            : throw new InvalidOperationException(
                $"{type.FullName} has [EnumType], so it needs an explicit conversion operator to String or Double.");

    private static void Check(string context, Type type, HashSet<Type> seen)
    {
        if (!seen.Add(type) || Simple.Contains(type) || typeof(Resource).IsAssignableFrom(type)
            || (type.IsEnum && type.GetEnumUnderlyingType() == typeof(int)))
        {
            return;
        }

        if (type.IsValueType && type.IsDefined(typeof(EnumTypeAttribute)))
        {
            var underlying = EnumConversion(type).ReturnType;
            if (EnumConstructor(type, underlying) is null)
            {
                throw new InvalidOperationException($"{type.FullName} has [EnumType], so it needs a constructor with one {underlying.Name}.");
            }
        }
        else if (type.IsConstructedGenericType)
        {
            foreach (var argument in ValueArguments(context, type))
            {
                Check(context, argument, seen);
            }
        }
        else if (!type.IsDefined(typeof(OutputTypeAttribute)))
        {
            throw new InvalidOperationException(
                $"{context} contains invalid type {type.FullName}. Allowed are String, Boolean, Int32, Double, JsonElement, assets, " +
                "resources, Nullable<>, Union<,>, ImmutableArray<>, ImmutableDictionary<string, > and classes with [OutputType].");
        }
        else
        {
            var constructor = OutputConstructor(type) ?? throw new InvalidOperationException(
                $"{type.FullName} has [OutputType], so it needs one public constructor, or one marked with [OutputConstructor].");
            foreach (var parameter in constructor.GetParameters())
            {
                Check($"{type.FullName}({parameter.Name})", parameter.ParameterType, seen);
            }
        }
    }

    private static Type[] ValueArguments(string context, Type type)
    {
        var definition = type.GetGenericTypeDefinition();
        var arguments = type.GenericTypeArguments;
        if (definition == typeof(ImmutableDictionary<,>) && arguments[0] == typeof(string))
        {
            return [arguments[1]];
        }

        return definition == typeof(Nullable<>) || definition == typeof(Union<,>)
            || definition == typeof(ImmutableArray<>) || definition == typeof(Output<>)
            ? arguments
            : throw new InvalidOperationException(
                $"{context} contains invalid type {type.FullName}: the generic types allowed are Nullable<>, Union<,>, " +
                "ImmutableArray<> and ImmutableDictionary<string, >.");
    }
}
