using System.Text.Encodings.Web;
using System.Text.Json;
using AkiDb.Infra.Plan.Values;

namespace AkiDb.Infra.Plan.Json;

/// <summary>
/// The plan file that <c>--json</c> writes and <c>--plan</c> reads; docs/plan-format.md describes it. Equal plans give equal
/// bytes: resources sorted by URN, keys by code point, no time stamp.
/// </summary>
public static class PlanJson
{
    /// <summary>Version of the file format that this code writes; it reads no other.</summary>
    public const int Version = 1;

    private static readonly JsonWriterOptions Format = new()
    {
        Indented = true,
        // The file is read by people and tools, never pasted into a page, so "&" and "<" need no escapes.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        NewLine = "\n",
    };

    /// <summary>Writes <paramref name="plan"/> as UTF-8 with a newline at the end.</summary>
    public static void Write(Stream stream, StackPlan plan)
    {
        using (var writer = new Utf8JsonWriter(stream, Format))
        {
            writer.WriteStartObject();
            writer.WriteNumber("planVersion", Version);
            writer.WriteString("project", plan.Project);
            writer.WriteString("stack", plan.Stack);
            writer.WriteString("source", JsonNamingPolicy.CamelCase.ConvertName(plan.Source.ToString()));
            WriteTexts(writer, "notices", plan.Notices);
            writer.WritePropertyName("outputs");
            PlanValueJson.Write(writer, plan.Outputs);
            writer.WriteStartArray("resources");
            foreach (var resource in plan.Resources)
                WriteResource(writer, resource);
            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        stream.WriteByte((byte)'\n');
    }

    /// <summary>Reads a plan file: this format, or what <c>pulumi preview --json</c> prints.</summary>
    /// <param name="json">The file's content.</param>
    /// <param name="name">What the errors call the file.</param>
    /// <exception cref="FormatException">It is neither; the message says what was found.</exception>
    public static StackPlan Read(ReadOnlyMemory<byte> json, string name)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var root = document.RootElement;
            if (root.ValueKind == JsonValueKind.Object && root.TryGetProperty("planVersion", out var version))
            {
                return version.ValueKind == JsonValueKind.Number && version.TryGetInt32(out var number) && number == Version
                    ? ReadPlan(root)
                    : throw new FormatException($"planVersion is {version}; this program reads version {Version}.");
            }

            return root.ValueKind == JsonValueKind.Object && root.TryGetProperty("steps", out _)
                ? PreviewJson.Read(root)
                : throw new FormatException("it has neither 'planVersion' (akidb preview --json) nor 'steps' (pulumi preview --json).");
        }
        catch (Exception problem) when (problem is FormatException or JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new FormatException($"{name} is not a plan: {problem.Message}", problem);
        }
    }

    private static void WriteResource(Utf8JsonWriter writer, PlannedResource resource)
    {
        writer.WriteStartObject();
        writer.WriteString("urn", resource.Urn.ToString());
        writer.WriteString("type", resource.Type);
        writer.WriteString("name", resource.Name);
        writer.WriteBoolean("custom", resource.IsCustom);
        WriteOptional(writer, "parent", resource.Parent);
        WriteOptional(writer, "provider", resource.Provider);
        WriteOptional(writer, "region", resource.Region);
        writer.WritePropertyName("inputs");
        PlanValueJson.Write(writer, resource.Inputs);
        WriteOptions(writer, resource.Options);
        WriteTexts(writer, "dependencies", resource.Dependencies);
        writer.WriteEndObject();
    }

    private static void WriteOptions(Utf8JsonWriter writer, PlannedOptions options)
    {
        writer.WriteStartObject("options");
        if (options.Protect)
            writer.WriteBoolean("protect", true);
        if (options.RetainOnDelete)
            writer.WriteBoolean("retainOnDelete", true);
        if (options.DeleteBeforeReplace)
            writer.WriteBoolean("deleteBeforeReplace", true);
        WriteTexts(writer, "ignoreChanges", options.IgnoreChanges);
        WriteTexts(writer, "replaceOnChanges", options.ReplaceOnChanges);
        WriteTexts(writer, "additionalSecretOutputs", options.AdditionalSecretOutputs);
        writer.WriteEndObject();
    }

    private static void WriteTexts(Utf8JsonWriter writer, string key, IReadOnlyCollection<string> texts)
    {
        if (texts.Count == 0)
            return;
        writer.WriteStartArray(key);
        foreach (var text in texts)
            writer.WriteStringValue(text);
        writer.WriteEndArray();
    }

    private static void WriteOptional(Utf8JsonWriter writer, string key, string? text)
    {
        if (text is not null)
            writer.WriteString(key, text);
    }

    private static StackPlan ReadPlan(JsonElement root) => new()
    {
        Project = JsonTexts.Required(root, "project"),
        Stack = JsonTexts.Required(root, "stack"),
        Source = Enum.TryParse<PlanSource>(JsonTexts.Required(root, "source"), ignoreCase: true, out var source)
            ? source
            : throw new FormatException($"'source' is {root.GetProperty("source")}; want one of {string.Join(", ", Enum.GetNames<PlanSource>().Select(JsonNamingPolicy.CamelCase.ConvertName))}."),
        Notices = [.. JsonTexts.Read(root, "notices")],
        Outputs = root.TryGetProperty("outputs", out _) ? PlanValueJson.ReadMap(Object(root, "outputs")) : MapValue.Empty,
        Resources = [.. JsonTexts.RequiredList(root, "resources").Select(ReadResource)],
    };

    private static PlannedResource ReadResource(JsonElement json) => new()
    {
        Urn = ResourceUrn.Parse(JsonTexts.Required(json, "urn")),
        IsCustom = JsonTexts.Member(json, "custom", "true or false", JsonValueKind.True, JsonValueKind.False).GetBoolean(),
        Parent = JsonTexts.Optional(json, "parent"),
        Provider = JsonTexts.Optional(json, "provider"),
        Region = JsonTexts.Optional(json, "region"),
        Inputs = PlanValueJson.ReadMap(Object(json, "inputs")),
        Options = json.TryGetProperty("options", out _) ? ReadOptions(Object(json, "options")) : PlannedOptions.None,
        Dependencies = [.. JsonTexts.Read(json, "dependencies")],
    };

    private static JsonElement Object(JsonElement json, string key) => JsonTexts.Member(json, key, "an object", JsonValueKind.Object);

    private static PlannedOptions ReadOptions(JsonElement json) => new()
    {
        Protect = JsonTexts.Flag(json, "protect"),
        RetainOnDelete = JsonTexts.Flag(json, "retainOnDelete"),
        DeleteBeforeReplace = JsonTexts.Flag(json, "deleteBeforeReplace"),
        IgnoreChanges = [.. JsonTexts.Read(json, "ignoreChanges")],
        ReplaceOnChanges = [.. JsonTexts.Read(json, "replaceOnChanges")],
        AdditionalSecretOutputs = [.. JsonTexts.Read(json, "additionalSecretOutputs")],
    };
}
