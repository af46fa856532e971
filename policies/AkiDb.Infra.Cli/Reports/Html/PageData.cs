using System.Text;
using System.Text.Json;
using AkiDb.Infra.Plan;
using AkiDb.Infra.Plan.Json;

namespace AkiDb.Infra.Cli.Reports.Html;

/// <summary>What the page's script knows of the resources, in the plan's order: a resource's number is its place in the list.</summary>
internal static class PageData
{
    public static string Of(StackPlan plan)
    {
        var ids = plan.Resources.Select((resource, id) => (Urn: resource.Urn.ToString(), id)).DistinctBy(entry => entry.Urn).ToDictionary(entry => entry.Urn, entry => entry.id);
        using var buffer = new MemoryStream();
        // The default encoder escapes "<", ">" and "&": nothing in a plan can end the script element that holds this.
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartArray();
            foreach (var resource in plan.Resources)
                Write(writer, resource, ids);
            writer.WriteEndArray();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    private static void Write(Utf8JsonWriter writer, PlannedResource resource, Dictionary<string, int> ids)
    {
        writer.WriteStartObject();
        writer.WriteString("urn", resource.Urn.ToString());
        writer.WriteString("type", resource.Type);
        writer.WriteString("name", resource.Name);
        if (resource.Region is not null)
            writer.WriteString("region", resource.Region);
        WriteId(writer, "parent", resource.Parent, ids);
        WriteId(writer, "provider", resource.Provider, ids);
        writer.WriteStartArray("needs");
        foreach (var dependency in resource.Dependencies)
        {
            if (ids.TryGetValue(dependency, out var id))
                writer.WriteNumberValue(id);
        }

        writer.WriteEndArray();
        writer.WritePropertyName("inputs");
        PlanValueJson.Write(writer, resource.Inputs);
        writer.WriteStartArray("options");
        foreach (var option in Options(resource.Options))
            writer.WriteStringValue(option);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteId(Utf8JsonWriter writer, string key, string? urn, Dictionary<string, int> ids)
    {
        if (urn is not null && ids.TryGetValue(urn, out var id))
            writer.WriteNumber(key, id);
    }

    private static IEnumerable<string> Options(PlannedOptions options)
    {
        if (options.Protect)
            yield return "protected: the engine refuses to delete it";
        if (options.RetainOnDelete)
            yield return "kept in the cloud when it leaves the program";
        if (options.DeleteBeforeReplace)
            yield return "deleted before it is replaced";
        if (!options.IgnoreChanges.IsEmpty)
            yield return $"changes are ignored: {string.Join(", ", options.IgnoreChanges)}";
        if (!options.ReplaceOnChanges.IsEmpty)
            yield return $"changes replace it: {string.Join(", ", options.ReplaceOnChanges)}";
        if (!options.AdditionalSecretOutputs.IsEmpty)
            yield return $"secret outputs: {string.Join(", ", options.AdditionalSecretOutputs)}";
    }
}
