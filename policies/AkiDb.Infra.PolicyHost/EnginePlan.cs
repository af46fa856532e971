using System.Collections.Immutable;
using AkiDb.Infra.Plan;
using AkiDb.Infra.PolicyHost.Protocol;

namespace AkiDb.Infra.PolicyHost;

/// <summary>What the engine sends, as plan resources.</summary>
internal static class EnginePlan
{
    /// <summary>One resource, as Analyze and Remediate get it.</summary>
    public static PlannedResource Resource(AnalyzeRequest request) => new()
    {
        Urn = ResourceUrn.Parse(request.Urn),
        IsCustom = true,
        Parent = request.Options?.Parent is { Length: > 0 } parent ? parent : null,
        Provider = request.Provider?.Urn is { Length: > 0 } provider ? provider : null,
        Inputs = PropertyStruct.Read(request.Properties),
        Region = RegionOf(request.Properties) ?? RegionOf(request.Provider?.Properties),
        Options = Options(request.Options),
    };

    /// <summary>A whole stack, as AnalyzeStack gets it.</summary>
    public static StackPlan Stack(AnalyzeStackRequest request)
    {
        var resources = request.Resources.Select(Resource).ToImmutableArray();
        // A provider may be known only from what refers to it.
        var regions = new RegionResolver(
        [
            .. resources.Select(resource => new RegionResolver.Placement(resource.Urn.ToString(), resource.Parent, resource.Provider, resource.Inputs)),
            .. request.Resources.Where(resource => resource.Provider is not null).Select(resource => resource.Provider).DistinctBy(provider => provider.Urn)
                .Select(provider => new RegionResolver.Placement(provider.Urn, null, null, PropertyStruct.Read(provider.Properties))),
        ]);
        var stack = resources.Length > 0 ? resources[0].Urn : ResourceUrn.Root("", "");
        return new StackPlan
        {
            Project = stack.Project,
            Stack = stack.Stack,
            Source = PlanSource.PulumiPreview,
            Resources = [.. resources.Select(resource => resource with { Region = regions.RegionOf(resource.Urn.ToString()) }).OrderBy(resource => resource.Urn.ToString(), StringComparer.Ordinal)],
        };
    }

    private static PlannedResource Resource(AnalyzerResource resource) => new()
    {
        Urn = ResourceUrn.Parse(resource.Urn),
        // Components have no provider; the stack and its components have types of ours or of the engine.
        IsCustom = resource.Provider is not null || resource.Type.StartsWith("pulumi:providers:", StringComparison.Ordinal),
        Parent = resource.Parent is { Length: > 0 } parent ? parent : null,
        Provider = resource.Provider?.Urn is { Length: > 0 } provider ? provider : null,
        Inputs = PropertyStruct.Read(resource.Properties),
        Options = Options(resource.Options),
        Dependencies =
        [
            .. resource.Dependencies.Concat(resource.PropertyDependencies.Values.SelectMany(property => property.Urns))
                .Where(urn => urn != resource.Parent).Distinct().Order(StringComparer.Ordinal),
        ],
    };

    private static string? RegionOf(Google.Protobuf.WellKnownTypes.Struct? properties) =>
        properties is not null && properties.Fields.TryGetValue("region", out var region) && region.HasStringValue ? region.StringValue : null;

    private static PlannedOptions Options(AnalyzerResourceOptions? options) => options is null ? PlannedOptions.None : new()
    {
        Protect = options.Protect,
        DeleteBeforeReplace = options.DeleteBeforeReplace,
        IgnoreChanges = [.. options.IgnoreChanges.Order(StringComparer.Ordinal)],
        AdditionalSecretOutputs = [.. options.AdditionalSecretOutputs.Order(StringComparer.Ordinal)],
    };
}
