using System.Text.Json.Nodes;

namespace AkiDb.SdkTool.Slices;

/// <summary>What a slice was asked to hold: its resources, functions and provider; types follow from these.</summary>
public static class Roots
{
    public static IEnumerable<string> Of(JsonObject? slice, Provider provider)
    {
        string[] sections = ["resources", "functions"];
        return sections.SelectMany(section => slice?[section] is JsonObject found ? found.Select(e => e.Key) : [])
            .Prepend($"pulumi:providers:{provider.Package}");
    }

    /// <summary>For people: how much a slice holds.</summary>
    public static string Count(JsonObject? slice)
    {
        int Entries(string section) => slice?[section] is JsonObject found ? found.Count : 0;
        return $"{Entries("resources")} resources, {Entries("functions")} functions, {Entries("types")} types";
    }
}
