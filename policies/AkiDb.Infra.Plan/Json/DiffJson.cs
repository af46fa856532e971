using System.Text.Encodings.Web;
using System.Text.Json;
using AkiDb.Infra.Plan.Diff;
using AkiDb.Infra.Plan.Values;

namespace AkiDb.Infra.Plan.Json;

/// <summary>Differences as a file; docs/diff.md describes it. Equal differences give equal bytes.</summary>
public static class DiffJson
{
    /// <summary>Version of the file format that this code writes.</summary>
    public const int Version = 1;

    private static readonly JsonWriterOptions Format = new()
    {
        Indented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        NewLine = "\n",
    };

    /// <summary>Writes <paramref name="diffs"/> as UTF-8 with a newline at the end.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="diffs">Each with what its two sides are called.</param>
    public static void Write(Stream stream, IEnumerable<(string Before, string After, PlanDiff Diff)> diffs)
    {
        using (var writer = new Utf8JsonWriter(stream, Format))
        {
            writer.WriteStartObject();
            writer.WriteNumber("diffVersion", Version);
            writer.WriteStartArray("diffs");
            foreach (var (before, after, diff) in diffs)
                WriteDiff(writer, before, after, diff);
            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        stream.WriteByte((byte)'\n');
    }

    private static void WriteDiff(Utf8JsonWriter writer, string before, string after, PlanDiff diff)
    {
        writer.WriteStartObject();
        writer.WriteString("before", before);
        writer.WriteString("after", after);
        writer.WriteStartObject("resourcesBy");
        foreach (var kind in Enum.GetValues<ChangeKind>())
            writer.WriteNumber(Name(kind), diff.Count(kind));
        writer.WriteEndObject();
        writer.WriteStartArray("recognised");
        foreach (var name in diff.Correspondence.Names)
        {
            writer.WriteStartObject();
            writer.WriteString("what", name.What);
            writer.WriteString("before", name.Before);
            writer.WriteString("after", name.After);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartArray("resources");
        foreach (var change in diff.Resources)
            WriteResource(writer, change);
        writer.WriteEndArray();
        WriteProperties(writer, "outputs", diff.Outputs);
        WriteTexts(writer, "noticesAdded", diff.NoticesAdded);
        WriteTexts(writer, "noticesRemoved", diff.NoticesRemoved);
        writer.WriteEndObject();
    }

    private static void WriteResource(Utf8JsonWriter writer, ResourceChange change)
    {
        writer.WriteStartObject();
        writer.WriteString("kind", Name(change.Kind));
        writer.WriteString("urn", change.Resource.Urn.ToString());
        writer.WriteString("type", change.Resource.Type);
        writer.WriteString("name", change.Resource.Name);
        WriteProperties(writer, "properties", change.Properties);
        writer.WriteEndObject();
    }

    private static void WriteProperties(Utf8JsonWriter writer, string key, IEnumerable<PropertyChange> changes)
    {
        writer.WriteStartArray(key);
        foreach (var change in changes)
        {
            writer.WriteStartObject();
            writer.WriteString("kind", Name(change.Kind));
            writer.WriteString("part", JsonNamingPolicy.CamelCase.ConvertName(change.Part.ToString()));
            WriteSide(writer, "before", change.BeforePath, change.Before);
            WriteSide(writer, "after", change.AfterPath, change.After);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteSide(Utf8JsonWriter writer, string key, string? path, PlanValue? value)
    {
        if (value is null)
            return;
        writer.WriteStartObject(key);
        writer.WriteString("path", path);
        writer.WritePropertyName("value");
        PlanValueJson.Write(writer, value);
        writer.WriteEndObject();
    }

    private static void WriteTexts(Utf8JsonWriter writer, string key, IEnumerable<string> texts)
    {
        writer.WriteStartArray(key);
        foreach (var text in texts)
            writer.WriteStringValue(text);
        writer.WriteEndArray();
    }

    private static string Name(ChangeKind kind) => JsonNamingPolicy.CamelCase.ConvertName(kind.ToString());
}
