using AkiDb.Infra.Plan.Values;

namespace AkiDb.Infra.Plan.Diff;

/// <summary>A resource as values, part by part, so that one comparison serves all of it.</summary>
internal static class ResourceParts
{
    public static PlanValue Of(PlannedResource resource, ResourcePart part) => part switch
    {
        ResourcePart.Inputs => resource.Inputs,
        ResourcePart.Options => OptionsOf(resource.Options),
        ResourcePart.Placement => PlacementOf(resource),
        _ => Texts(resource.Dependencies),
    };

    private static MapValue OptionsOf(PlannedOptions options) => Map(
        ("protect", Flag(options.Protect)),
        ("retainOnDelete", Flag(options.RetainOnDelete)),
        ("deleteBeforeReplace", Flag(options.DeleteBeforeReplace)),
        ("ignoreChanges", TextsOrNone(options.IgnoreChanges)),
        ("replaceOnChanges", TextsOrNone(options.ReplaceOnChanges)),
        ("additionalSecretOutputs", TextsOrNone(options.AdditionalSecretOutputs)));

    private static MapValue PlacementOf(PlannedResource resource) => Map(
        ("custom", Flag(resource.IsCustom)),
        ("parent", Text(resource.Parent)),
        ("provider", Text(resource.Provider)),
        ("region", Text(resource.Region)));

    private static MapValue Map(params ReadOnlySpan<(string Key, PlanValue? Value)> entries)
    {
        var present = new List<KeyValuePair<string, PlanValue>>();
        foreach (var (key, value) in entries)
        {
            if (value is not null)
                present.Add(KeyValuePair.Create(key, value));
        }

        return MapValue.From(present);
    }

    private static BooleanValue? Flag(bool value) => value ? new BooleanValue(true) : null;

    private static TextValue? Text(string? value) => value is null ? null : new TextValue(value);

    private static ListValue? TextsOrNone(IReadOnlyCollection<string> texts) => texts.Count == 0 ? null : Texts(texts);

    private static ListValue Texts(IEnumerable<string> texts) => new([.. texts.Select(text => new TextValue(text))]);
}
