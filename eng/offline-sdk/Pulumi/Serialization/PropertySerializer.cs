using System.Collections;
using System.Collections.Immutable;
using System.Reflection;
using System.Text.Json;

namespace Pulumi.Serialization;

/// <summary>Turns what a program assigns to a property into the wire format, and notes which resources it came from.</summary>
/// <param name="keepResources">Whether a resource becomes a reference; otherwise it becomes its id or URN.</param>
internal sealed class PropertySerializer(bool keepResources)
{
    /// <summary>The resources that the values so far came from.</summary>
    public HashSet<Resource> Dependencies { get; } = [];

    /// <param name="path">Where the value stands, for errors.</param>
    /// <param name="value">Anything that an input may hold.</param>
    /// <exception cref="InvalidOperationException">The value, or one in it, is of a type that cannot be an input.</exception>
    public async ValueTask<object?> SerializeAsync(string path, object? value)
    {
        switch (value)
        {
            case null or bool or double or string:
                return value;
            case int number:
                return (double)number;
            case InputArgs args:
                return await SerializeEntriesAsync(path, args.ReadInputs()).ConfigureAwait(false);
            case AssetOrArchive asset:
                return await SerializeAssetAsync(path, asset).ConfigureAwait(false);
            case Task:
                throw new InvalidOperationException(
                    $"Tasks are not allowed inside ResourceArgs. Please wrap your Task in an Output:\n\t{path}");
            case IInputCollection collection:
                return await SerializeOutputAsync(path, collection.Elements).ConfigureAwait(false);
            case IInput input:
                return await SerializeOutputAsync(path, input.ToUntypedOutput()).ConfigureAwait(false);
            case IUnion union:
                return await SerializeAsync(path, union.Value).ConfigureAwait(false);
            case JsonElement json:
                return SerializeJson(json);
            case IOutput output:
                return await SerializeOutputAsync(path, output).ConfigureAwait(false);
            case CustomResource resource:
                return await SerializeCustomAsync(path, resource).ConfigureAwait(false);
            case ComponentResource component:
                var urn = await SerializeAsync(path + ".urn", component.Urn).ConfigureAwait(false);
                return keepResources ? Reference(urn, id: null) : urn;
            case IDictionary dictionary:
                return await SerializeEntriesAsync(path, EntriesOf(path, dictionary)).ConfigureAwait(false);
            case IList list:
                return await SerializeListAsync(path, list).ConfigureAwait(false);
            case Enum number when number.GetTypeCode() == TypeCode.Int32:
                return (double)(int)value;
            case ValueTuple:
                return null;
            default:
                return await SerializeDeclaredTypeAsync(path, value).ConfigureAwait(false);
        }
    }

    private async ValueTask<object?> SerializeOutputAsync(string path, IOutput output)
    {
        var data = await output.GetDataAsync().ConfigureAwait(false);
        Dependencies.UnionWith(data.Resources);
        if (!data.IsKnown)
        {
            return WireFormat.Unknown;
        }

        // The published SDK adds this suffix to the path of everything that comes out of an output.
        var value = await SerializeAsync(path + ".id", data.Value).ConfigureAwait(false);
        return data.IsSecret ? Signed(WireFormat.SecretSignature, (WireFormat.SecretValueKey, value)) : value;
    }

    private async ValueTask<object?> SerializeCustomAsync(string path, CustomResource resource)
    {
        Dependencies.Add(resource);
        var id = await SerializeAsync(path + ".id", resource.Id).ConfigureAwait(false);
        if (!keepResources)
        {
            return id;
        }

        var urn = await SerializeAsync(path + ".urn", resource.Urn).ConfigureAwait(false);
        return Reference(urn, id as string == WireFormat.Unknown ? "" : id);
    }

    private async ValueTask<object?> SerializeAssetAsync(string path, AssetOrArchive asset)
    {
        if (asset is InvalidAsset or InvalidArchive)
        {
            throw new InvalidOperationException($"The value is not a valid asset or archive, so it cannot be an input:\n\t{path}");
        }

        var content = await SerializeAsync($"{path}.{asset.Kind}", asset.Content).ConfigureAwait(false);
        return Signed(asset.Signature, (asset.Kind, content));
    }

    private async ValueTask<object?> SerializeListAsync(string path, IList list)
    {
        // A default ImmutableArray throws when it is counted; it stands for an empty one.
        if (TargetType.IsDefaultArray(list))
        {
            return ImmutableArray<object?>.Empty;
        }

        var items = ImmutableArray.CreateBuilder<object?>(list.Count);
        for (var index = 0; index < list.Count; index++)
        {
            items.Add(await SerializeAsync($"{path}[{index}]", list[index]).ConfigureAwait(false));
        }

        return items.MoveToImmutable();
    }

    /// <summary>Entries without a value are left out.</summary>
    private async ValueTask<object?> SerializeEntriesAsync(string path, IEnumerable<KeyValuePair<string, object?>> entries)
    {
        var result = ImmutableDictionary.CreateBuilder<string, object?>();
        foreach (var (key, value) in entries)
        {
            if (value is not null && await SerializeAsync($"{path}.{key}", value).ConfigureAwait(false) is { } serialized)
            {
                result[key] = serialized;
            }
        }

        return result.ToImmutable();
    }

    /// <summary>Enum structs and classes with <see cref="OutputTypeAttribute"/>.</summary>
    private async ValueTask<object?> SerializeDeclaredTypeAsync(string path, object value)
    {
        var type = value.GetType();
        if (type.IsValueType && type.IsDefined(typeof(EnumTypeAttribute), inherit: false))
        {
            return TargetType.EnumConversion(type).Invoke(null, [value]);
        }

        if (!type.IsDefined(typeof(OutputTypeAttribute), inherit: true))
        {
            throw new InvalidOperationException($"{type.FullName} is not a supported argument type.\n\t{path}");
        }

        var result = ImmutableDictionary.CreateBuilder<string, object?>();
        foreach (var field in type.GetFields(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance))
        {
            if (field.IsInitOnly)
            {
                var name = char.ToLowerInvariant(field.Name[0]) + field.Name[1..];
                result[name] = await SerializeAsync($"{path}.{name}", field.GetValue(value)).ConfigureAwait(false);
            }
        }

        return result.ToImmutable();
    }

    private static object? SerializeJson(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Undefined or JsonValueKind.Null => null,
        JsonValueKind.String => json.GetString(),
        JsonValueKind.Number => json.GetDouble(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Array => json.EnumerateArray().Select(SerializeJson).ToImmutableArray(),
        _ => json.EnumerateObject().Aggregate(
            ImmutableDictionary.CreateBuilder<string, object?>(),
            (entries, property) =>
            {
                entries[property.Name] = SerializeJson(property.Value);
                return entries;
            }).ToImmutable(),
    };

    private static IEnumerable<KeyValuePair<string, object?>> EntriesOf(string path, IDictionary dictionary)
    {
        foreach (DictionaryEntry entry in dictionary)
        {
            yield return entry.Key is string key
                ? KeyValuePair.Create(key, entry.Value)
                : throw new InvalidOperationException($"Dictionaries are only supported with string keys:\n\t{path}");
        }
    }

    private static ImmutableDictionary<string, object?> Reference(object? urn, object? id)
        => id is null
            ? Signed(WireFormat.ResourceSignature, (WireFormat.ReferenceUrnKey, urn))
            : Signed(WireFormat.ResourceSignature, (WireFormat.ReferenceUrnKey, urn), (WireFormat.ReferenceIdKey, id));

    private static ImmutableDictionary<string, object?> Signed(string signature, params ReadOnlySpan<(string Key, object? Value)> entries)
    {
        var result = ImmutableDictionary.CreateBuilder<string, object?>();
        result.Add(WireFormat.SignatureKey, signature);
        foreach (var (key, value) in entries)
        {
            result.Add(key, value);
        }

        return result.ToImmutable();
    }
}
