using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Reflection;
using System.Text.Json;

namespace Pulumi.Serialization;

/// <summary>Turns values read from the wire into the types of outputs.</summary>
/// <remarks>
/// A value of a wrong type becomes the type's default, here as in the published SDK; the schema check of a plan reports it.
/// </remarks>
internal static class OutputConverter
{
    private static readonly ConcurrentDictionary<Type, Conversion> Conversions = new();

    /// <summary>
    /// Gives the converted value, or false and what to use instead if the value does not fit. Null fits everything.
    /// </summary>
    private delegate bool Conversion(object value, out object? converted);

    public static OutputData<T> Convert<T>(object? wire, ImmutableHashSet<Resource> resources)
    {
        var read = WireValue.Read(wire);
        var converted = ConvertOrDefault(read.Value, typeof(T));
        return new(resources, converted is null ? default! : (T)converted, read.IsKnown, read.IsSecret);
    }

    private static object? ConvertOrDefault(object? value, Type type)
    {
        _ = TryConvert(value, type, out var converted);
        return converted;
    }

    private static bool TryConvert(object? value, Type type, out object? converted)
    {
        if (value is not null)
        {
            return Conversions.GetOrAdd(type, MakeConversion)(value, out converted);
        }

        converted = type.IsValueType && Nullable.GetUnderlyingType(type) is null ? Activator.CreateInstance(type) : null;
        return true;
    }

    private static Conversion MakeConversion(Type type)
    {
        if (Nullable.GetUnderlyingType(type) is { } underlying)
        {
            return (object value, out object? converted) => TryConvert(value, underlying, out converted);
        }

        if (type == typeof(int))
        {
            return ConvertInt32;
        }

        if (type == typeof(JsonElement))
        {
            return ConvertJson;
        }

        if (type.IsEnum)
        {
            return (object value, out object? converted) =>
            {
                var fits = TryConvert(value, type.GetEnumUnderlyingType(), out var number) && number is not null;
                converted = fits ? Enum.ToObject(type, number!) : null;
                return fits;
            };
        }

        if (typeof(AssetOrArchive).IsAssignableFrom(type))
        {
            return (object value, out object? converted) =>
            {
                converted = type.IsInstanceOfType(value) ? value : type == typeof(Archive) ? new InvalidArchive() : new InvalidAsset();
                return true;
            };
        }

        if (type.IsValueType && type.IsDefined(typeof(EnumTypeAttribute)))
        {
            return (object value, out object? converted) => ConvertEnumStruct(type, value, out converted);
        }

        if (type.IsConstructedGenericType && type != typeof(ImmutableDictionary<string, object>))
        {
            var maker = typeof(OutputConverter)
                .GetMethod(GenericMaker(type.GetGenericTypeDefinition()), BindingFlags.NonPublic | BindingFlags.Static)!;
            var arguments = type.GenericTypeArguments[^maker.GetGenericArguments().Length..];
            return maker.MakeGenericMethod(arguments).CreateDelegate<Conversion>();
        }

        if (type.IsDefined(typeof(OutputTypeAttribute)))
        {
            return ObjectConversion(type);
        }

        return (object value, out object? converted) =>
        {
            var fits = typeof(Resource).IsAssignableFrom(type) ? value is Resource : type.IsInstanceOfType(value);
            // A nullable number or truth value becomes zero or false then, not null.
            converted = fits ? value : type == typeof(double) || type == typeof(bool) ? Activator.CreateInstance(type) : null;
            return fits;
        };
    }

    private static string GenericMaker(Type definition)
        => definition == typeof(ImmutableArray<>) ? nameof(ConvertArray)
            : definition == typeof(ImmutableDictionary<,>) ? nameof(ConvertDictionary)
            : definition == typeof(Union<,>) ? nameof(ConvertUnion)
            : definition == typeof(Output<>) ? nameof(ConvertOutput)
            : throw new InvalidOperationException($"Unexpected generic target type {definition.FullName}.");

    private static bool ConvertInt32(object value, out object? converted)
    {
        converted = value is double number ? (int)number : null;
        return converted is not null;
    }

    private static bool ConvertJson(object value, out object? converted)
    {
        var text = JsonElementText.TryWrite(value);
        converted = text is { } bytes ? JsonDocument.Parse(bytes).RootElement : null;
        return text is not null;
    }

    private static bool ConvertEnumStruct(Type type, object value, out object? converted)
    {
        converted = value is string or double ? TargetType.EnumConstructor(type, value.GetType())?.Invoke([value]) : null;
        return converted is not null;
    }

    private static bool ConvertArray<T>(object value, out object? converted)
    {
        converted = value is ImmutableArray<object?> items
            ? ImmutableArray.CreateRange(items, item => ConvertOrDefault(item, typeof(T)) is { } element ? (T)element : default!)
            : null;
        return converted is not null;
    }

    private static bool ConvertDictionary<T>(object value, out object? converted)
    {
        converted = (value as ImmutableDictionary<string, object?>)?.ToImmutableDictionary(
            entry => entry.Key,
            entry => ConvertOrDefault(entry.Value, typeof(T)) is { } element ? (T)element : default!);
        return converted is not null;
    }

    private static bool ConvertUnion<T0, T1>(object value, out object? converted)
    {
        converted = TryConvert(value, typeof(T0), out var first) ? Union<T0, T1>.FromT0((T0)first!)
            : TryConvert(value, typeof(T1), out var second) ? Union<T0, T1>.FromT1((T1)second!)
            : null;
        return converted is not null;
    }

    private static bool ConvertOutput<T>(object value, out object? converted)
    {
        converted = TryConvert(value, typeof(T), out var inner) ? Output.Create((T)inner!) : null;
        return converted is not null;
    }

    private static Conversion ObjectConversion(Type type)
    {
        var constructor = TargetType.OutputConstructor(type)!;
        var parameters = constructor.GetParameters();
        var names = Array.ConvertAll(
            parameters, parameter => parameter.GetCustomAttribute<OutputConstructorParameterAttribute>()?.Name ?? parameter.Name!);
        return (object value, out object? converted) =>
        {
            if (value is not ImmutableDictionary<string, object?> properties)
            {
                converted = null;
                return false;
            }

            var arguments = new object?[parameters.Length];
            for (var index = 0; index < arguments.Length; index++)
            {
                arguments[index] = ConvertOrDefault(properties.GetValueOrDefault(names[index]), parameters[index].ParameterType);
            }

            converted = constructor.Invoke(arguments);
            return true;
        };
    }
}
