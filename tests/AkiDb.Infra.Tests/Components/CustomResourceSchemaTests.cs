using System.Text.Json;
using AkiDb.Infra.Cli.Environments;
using AkiDb.Infra.Plan.Values;
using AkiDb.TestKit;

namespace AkiDb.Infra.Tests.Components;

public sealed class CustomResourceSchemaTests
{
    private static readonly string Folder = RepositoryFolder.At("tests", "AkiDb.Infra.Tests", "Components", "CustomResourceSchemas");

    public static TheoryData<string> Environments => ["dev", "staging", "prod"];

    [Theory]
    [MemberData(nameof(Environments))]
    public async Task CustomResources_OfAnEnvironment_FitTheirCrds(string environment)
    {
        var plan = await new PlanProvider(new Repository(RepositoryFolder.Root)).EvaluateAsync(environment);
        var schemas = Directory.EnumerateFiles(Folder, "*.json").Select(path => JsonDocument.Parse(File.ReadAllText(path)).RootElement)
            .ToDictionary(crd => $"kubernetes:{crd.GetProperty("apiVersion")}:{crd.GetProperty("kind")}");
        var objects = plan.Resources.Where(resource => schemas.ContainsKey(resource.Type)).ToList();

        // Production has all there is; the others may do without an edge.
        if (environment == "prod")
            objects.Select(resource => resource.Type).Distinct().Should().BeEquivalentTo(schemas.Keys, "each kind is used, or its schema is dead");
        foreach (var resource in objects)
            OpenApiCheck.Check(resource.Inputs, schemas[resource.Type].GetProperty("schema")).Should().BeEmpty($"of {resource.Name}");
    }

    [Theory]
    [InlineData("""{"spec": {"template": {"spec": {"requirements": []}}}}""", "nodeClassRef: required")]
    [InlineData("""{"spec": {"weight": 500, "template": {"spec": {"nodeClassRef": {"group": "g", "kind": "k", "name": "n"}, "requirements": []}}}}""", "spec.weight: above 100")]
    [InlineData("""{"spec": {"ttlSecondsAfterEmpty": 30, "template": {"spec": {"nodeClassRef": {"group": "g", "kind": "k", "name": "n"}, "requirements": []}}}}""", "spec.ttlSecondsAfterEmpty: unknown key")]
    public void Check_ANodePoolOfTheOldApiOrOutOfBounds_IsCaught(string json, string expected)
    {
        using var value = JsonDocument.Parse(json);
        using var crd = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, "NodePool.json")));

        OpenApiCheck.Check(Plan(value.RootElement), crd.RootElement.GetProperty("schema")).Should().Contain(problem => problem.Contains(expected));
    }

    private static MapValue Plan(JsonElement json) => AkiDb.Infra.Plan.Json.PlanValueJson.ReadMap(json);
}
