using System.Collections;
using System.Collections.Immutable;
using System.Globalization;
using System.Reflection;
using AkiDb.Infra.Plan.Values;
using Pulumi;

namespace AkiDb.Infra.Plan.Offline;

/// <summary>Inputs as mocks get them (dictionaries, lists, text, double, bool, assets, resources), read as plan values.</summary>
internal static class WireInputs
{
    public static MapValue Read(ImmutableDictionary<string, object>? inputs) =>
        inputs is null ? MapValue.Empty : MapValue.From(inputs.Select(input => KeyValuePair.Create(input.Key, Read(input.Value))));

    public static PlanValue Read(object? value) => value switch
    {
        null => NullValue.Instance,
        bool boolean => new BooleanValue(boolean),
        string text => new TextValue(text),
        double or int or float or long => new NumberValue(Convert.ToDouble(value, CultureInfo.InvariantCulture)),
        AssetOrArchive asset => ReadAsset(asset),
        // Its URN is known by now: a resource reaches a provider only once it is registered itself.
        Resource resource => new ReferenceValue($"{resource.GetResourceType()}::{resource.GetResourceName()}"),
        IDictionary map => MapValue.From(map.Keys.Cast<object>().Select(key => KeyValuePair.Create(key.ToString()!, Read(map[key])))),
        IEnumerable list => new ListValue([.. list.Cast<object?>().Select(Read)]),
        _ => throw new ArgumentException($"A mock was given a {value.GetType()}; want what Pulumi's wire format has.", nameof(value)),
    };

    // The content of an asset is not public in the SDK: a plan needs to tell two apart, so it is read by reflection where the
    // field is there, and left empty where a later SDK has renamed it.
    private static AssetValue ReadAsset(AssetOrArchive asset)
    {
        var content = asset.GetType().GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
            .FirstOrDefault(property => property.Name == "Value")?.GetValue(asset);
        return new AssetValue(
            asset switch
            {
                StringAsset => "text",
                FileAsset or FileArchive => asset is FileAsset ? "file" : "archive",
                RemoteAsset or RemoteArchive => asset is RemoteAsset ? "remote" : "archive",
                _ => "archive",
            },
            content switch
            {
                string text => text,
                IDictionary entries => string.Join('\n', entries.Keys.Cast<object>().Select(key => key.ToString()).Order(StringComparer.Ordinal)),
                _ => "",
            });
    }
}
