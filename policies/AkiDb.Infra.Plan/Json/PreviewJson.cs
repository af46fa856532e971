using System.Collections.Immutable;
using System.Text.Json;
using AkiDb.Infra.Plan.Values;

namespace AkiDb.Infra.Plan.Json;

/// <summary>
/// What <c>pulumi preview --json --show-sames</c> prints, read as a plan: the state after the deployment. Without
/// <c>--show-sames</c> the unchanged resources are missing from it.
/// </summary>
internal static class PreviewJson
{
    // Steps that leave no resource of this URN behind; "delete-replaced" is the old half of a replacement.
    private static readonly ImmutableHashSet<string> Removals =
        ["delete", "delete-replaced", "discard", "discard-replaced", "read-discard", "remove-pending-replace"];

    public static StackPlan Read(JsonElement root)
    {
        var states = JsonTexts.RequiredList(root, "steps")
            .Where(step => !Removals.Contains(JsonTexts.Required(step, "op")))
            .Select(step => step.TryGetProperty("newState", out var state) && state.ValueKind == JsonValueKind.Object
                ? state
                : throw new FormatException($"step '{step.GetProperty("op")}' of {JsonTexts.Optional(step, "urn")} has no newState."))
            // A replacement is two steps with the same new state ("create-replacement" and "replace").
            .DistinctBy(state => JsonTexts.Required(state, "urn"))
            .ToList();
        if (states.Count == 0)
            throw new FormatException("it has no step that leaves a resource; was it made with --show-sames?");

        var regions = new RegionResolver([.. states.Select(Place)]);
        var stack = ResourceUrn.Parse(JsonTexts.Required(states[0], "urn"));
        return new StackPlan
        {
            Project = stack.Project,
            Stack = stack.Stack,
            Source = PlanSource.PulumiPreview,
            Outputs = states.Where(state => JsonTexts.Required(state, "type") == ResourceUrn.StackType)
                .Select(state => ReadMap(state, "outputs")).FirstOrDefault(MapValue.Empty),
            Resources = [.. states.Select(state => ReadState(state, regions)).OrderBy(resource => resource.Urn.ToString(), StringComparer.Ordinal)],
        };
    }

    private static RegionResolver.Placement Place(JsonElement state) => new(
        JsonTexts.Required(state, "urn"),
        JsonTexts.Optional(state, "parent"),
        ProviderUrn(state),
        ReadMap(state, "inputs"));

    private static PlannedResource ReadState(JsonElement state, RegionResolver regions)
    {
        var urn = JsonTexts.Required(state, "urn");
        var parent = JsonTexts.Optional(state, "parent");
        return new PlannedResource
        {
            Urn = ResourceUrn.Parse(urn),
            IsCustom = JsonTexts.Flag(state, "custom"),
            Parent = parent,
            Provider = ProviderUrn(state),
            Region = regions.RegionOf(urn),
            Inputs = ReadMap(state, "inputs"),
            Options = new PlannedOptions
            {
                Protect = JsonTexts.Flag(state, "protect"),
                RetainOnDelete = JsonTexts.Flag(state, "retainOnDelete"),
                IgnoreChanges = [.. JsonTexts.Read(state, "ignoreChanges").Order(StringComparer.Ordinal)],
                AdditionalSecretOutputs = [.. JsonTexts.Read(state, "additionalSecretOutputs").Order(StringComparer.Ordinal)],
            },
            Dependencies = [.. JsonTexts.Read(state, "dependencies").Where(other => other != parent).Distinct().Order(StringComparer.Ordinal)],
        };
    }

    private static string? ProviderUrn(JsonElement state) =>
        JsonTexts.Optional(state, "provider") is { Length: > 0 } provider ? RegionResolver.WithoutId(provider) : null;

    private static MapValue ReadMap(JsonElement state, string key) =>
        state.TryGetProperty(key, out var map) && map.ValueKind == JsonValueKind.Object ? WireValues.ReadMap(map) : MapValue.Empty;
}
