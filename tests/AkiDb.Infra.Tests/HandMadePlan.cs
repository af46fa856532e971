using System.Text.Json;
using AkiDb.Infra.Plan;
using AkiDb.Infra.Plan.Json;
using AkiDb.Infra.Plan.Values;

namespace AkiDb.Infra.Tests;

/// <summary>A plan by hand, for what no component of ours makes yet and for what no program should make.</summary>
internal sealed class HandMadePlan(string stack = "test")
{
    private readonly List<PlannedResource> _resources = [new PlannedResource { Urn = ResourceUrn.Root(stack, "akidb"), IsCustom = false }];

    public List<string> Notices { get; } = [];

    public MapValue Outputs { get; set; } = MapValue.Empty;

    public PlanSource Source { get; init; } = PlanSource.OfflineEvaluation;

    /// <summary>Adds a cloud resource and gives its URN.</summary>
    public string Add(string type, string name, string? region = null, string inputs = "{}", string? parent = null, string? provider = null, params string[] needs) =>
        Add(new PlannedResource
        {
            Urn = Under(parent).Child(type, name),
            IsCustom = true,
            Parent = Under(parent).ToString(),
            Provider = provider,
            Region = region,
            Inputs = Map(inputs),
            Dependencies = [.. needs.Order(StringComparer.Ordinal)],
        });

    /// <summary>Adds a component and gives its URN.</summary>
    public string AddComponent(string type, string name, string? region = null, string? parent = null) => Add(new PlannedResource
    {
        Urn = Under(parent).Child(type, name),
        IsCustom = false,
        Parent = Under(parent).ToString(),
        Region = region,
    });

    public StackPlan Build() => new()
    {
        Project = "akidb",
        Stack = stack,
        Source = Source,
        Outputs = Outputs,
        Notices = [.. Notices],
        Resources = [.. _resources.OrderBy(resource => resource.Urn.ToString(), StringComparer.Ordinal)],
    };

    public static MapValue Map(string json)
    {
        using var document = JsonDocument.Parse(json);
        return PlanValueJson.ReadMap(document.RootElement);
    }

    private ResourceUrn Under(string? parent) => parent is null ? _resources[0].Urn : ResourceUrn.Parse(parent);

    private string Add(PlannedResource resource)
    {
        _resources.Add(resource);
        return resource.Urn.ToString();
    }
}
