using System.Collections.Immutable;

namespace Pulumi.Serialization;

/// <summary>Named values in the wire format, and the resources they came from.</summary>
internal sealed record PropertyBag(ImmutableDictionary<string, object?> Values, HashSet<Resource> Dependencies)
{
    /// <summary>Serialises named values; those without a value are left out.</summary>
    /// <exception cref="InvalidOperationException">A value cannot be serialised; the message names the property.</exception>
    public static async Task<PropertyBag> SerializeAsync(string label, IEnumerable<KeyValuePair<string, object?>> properties)
    {
        var serializer = new PropertySerializer(keepResources: true);
        var values = ImmutableDictionary.CreateBuilder<string, object?>();
        foreach (var (name, value) in properties)
        {
            object? wire;
            try
            {
                wire = await serializer.SerializeAsync($"{label}.{name}", value).ConfigureAwait(false);
            }
            catch (Exception error)
            {
                throw new InvalidOperationException($"error serializing property \"{name}\": {error.Message}", error);
            }

            if (wire is not null)
            {
                values[name] = wire;
            }
        }

        return new(values.ToImmutable(), serializer.Dependencies);
    }
}
