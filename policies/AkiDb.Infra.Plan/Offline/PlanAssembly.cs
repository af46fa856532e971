using System.Collections.Immutable;
using AkiDb.Infra.Plan.Values;
using Pulumi;
using Pulumi.Utilities;

namespace AkiDb.Infra.Plan.Offline;

/// <summary>Joins what the recorder and the mocks saw into planned resources.</summary>
internal sealed class PlanAssembly(EvaluationContext context, ResourceRecorder recorder, RecordingMocks mocks)
{
    private readonly Dictionary<Resource, RecordedResource> _recorded =
        recorder.Recorded.ToDictionary(recorded => recorded.Resource);

    private readonly Dictionary<Resource, ResourceUrn> _urns = [];
    private readonly Dictionary<string, Resource> _byId = [];

    public async Task<ImmutableArray<PlannedResource>> BuildAsync()
    {
        var ids = new Dictionary<Resource, string>();
        foreach (var custom in _recorded.Keys.OfType<CustomResource>())
        {
            var id = await OutputUtilities.GetValueAsync(custom.Id);
            ids[custom] = id;
            _byId[id] = custom;
        }

        var resources = new List<PlannedResource>();
        foreach (var recorded in _recorded.Values)
            resources.Add(await BuildAsync(recorded, ids.GetValueOrDefault(recorded.Resource)));

        var regions = new RegionResolver([.. resources.Zip(_recorded.Values, (planned, recorded) => new RegionResolver.Placement(
            planned.Urn.ToString(), planned.Parent, planned.Provider ?? ComponentProvider(recorded), planned.Inputs))]);
        return
        [
            .. resources
                .Select(resource => resource with { Region = regions.RegionOf(resource.Urn.ToString()) })
                .OrderBy(resource => resource.Urn.ToString(), StringComparer.Ordinal),
        ];
    }

    private async Task<PlannedResource> BuildAsync(RecordedResource recorded, string? id)
    {
        var registration = id is not null ? mocks.ById(id) : mocks.ByName(recorded.Type, recorded.Name);
        var facts = await InputInspection.InspectAsync(recorded.Args);
        var parent = ParentOf(recorded);
        var urn = UrnOf(recorded.Resource);
        var dependencies = facts.Dependencies.Concat(await DependsOn(recorded.Options))
            .Where(_recorded.ContainsKey)
            .Select(resource => UrnOf(resource).ToString())
            .Where(dependency => dependency != parent?.ToString() && dependency != urn.ToString());
        return new PlannedResource
        {
            Urn = urn,
            IsCustom = recorded.Resource is CustomResource,
            Parent = parent?.ToString(),
            Provider = registration?.ProviderId is { } provider && _byId.TryGetValue(provider, out var resource) ? UrnOf(resource).ToString() : null,
            Inputs = WithMarks(registration?.Inputs ?? MapValue.Empty, facts),
            Options = ReadOptions(recorded),
            Dependencies = [.. dependencies.Distinct().Order(StringComparer.Ordinal)],
        };
    }

    // The wire drops a property that is not known and shows a secret as it is; the plan does neither.
    private static MapValue WithMarks(MapValue inputs, InputInspection facts) => SecretMarks.Blind(inputs with
    {
        Entries = inputs.Entries.SetItems(facts.Unknown.Select(name => KeyValuePair.Create(name, (PlanValue)UnknownValue.Instance))),
    }, facts.Secret);

    private PlannedOptions ReadOptions(RecordedResource recorded)
    {
        var options = recorded.Options;
        var custom = options as CustomResourceOptions;
        return new PlannedOptions
        {
            Protect = IsProtected(recorded),
            RetainOnDelete = options.RetainOnDelete ?? false,
            DeleteBeforeReplace = custom?.DeleteBeforeReplace ?? false,
            IgnoreChanges = [.. options.IgnoreChanges.Order(StringComparer.Ordinal)],
            ReplaceOnChanges = [.. options.ReplaceOnChanges.Order(StringComparer.Ordinal)],
            AdditionalSecretOutputs = [.. (custom?.AdditionalSecretOutputs ?? []).Order(StringComparer.Ordinal)],
        };
    }

    // Inherited from the nearest ancestor that says anything.
    private bool IsProtected(RecordedResource recorded) =>
        recorded.Options.Protect ?? (recorded.Options.Parent is { } parent && IsProtected(_recorded[parent]));

    private static async Task<ImmutableArray<Resource>> DependsOn(ResourceOptions options) =>
        await OutputUtilities.GetValueAsync(options.DependsOn.ToOutput());

    private string? ComponentProvider(RecordedResource recorded)
    {
        var provider = recorded.Options.Provider ?? (recorded.Options as ComponentResourceOptions)?.Providers.FirstOrDefault();
        return provider is not null && _recorded.ContainsKey(provider) ? UrnOf(provider).ToString() : null;
    }

    private ResourceUrn? ParentOf(RecordedResource recorded)
    {
        if (recorded.Type == ResourceUrn.StackType)
            return null;
        return recorded.Options.Parent is { } parent ? UrnOf(parent) : ResourceUrn.Root(context.Stack, context.Project);
    }

    private ResourceUrn UrnOf(Resource resource)
    {
        if (_urns.TryGetValue(resource, out var known))
            return known;
        var recorded = _recorded[resource];
        var urn = ParentOf(recorded)?.Child(recorded.Type, recorded.Name) ?? ResourceUrn.Root(context.Stack, context.Project);
        _urns[resource] = urn;
        return urn;
    }
}
