using System.Text.Json.Nodes;
using AkiDb.SdkTool.Schema;

namespace AkiDb.SdkTool.Slices;

/// <summary>
/// What the <c>.d.ts</c> files hide about a published C# package: <c>recorded.json</c> beside the slice. Every entry says where it was
/// looked up. Keys of properties are <c>token#property</c>.
/// </summary>
public sealed class Recorded
{
    /// <summary>The source of an entry that nobody looked up yet.</summary>
    public const string Assumed = "assumed";

    private readonly JsonObject _json;

    private Recorded(JsonObject json) => _json = json;

    /// <exception cref="SchemaException">The file is missing.</exception>
    public static Recorded Load(string path) => File.Exists(path)
        ? new Recorded(JsonNode.Parse(File.ReadAllText(path))!.AsObject())
        : throw new SchemaException($"{path}: missing; it records the C# namespaces, numbers and names of the package.");

    /// <summary>What stands in the slice under <c>language.csharp</c>.</summary>
    public JsonObject CSharp => new()
    {
        ["compatibility"] = _json["compatibility"]!.DeepClone(),
        ["namespaces"] = _json["namespaces"]!.DeepClone(),
        ["rootNamespace"] = _json["rootNamespace"]!.DeepClone(),
    };

    /// <summary><c>integer</c> or <c>number</c>, or null when nobody recorded the property.</summary>
    public string? Number(string token, string property) => Entry("numbers", token, property)?["type"]!.GetValue<string>();

    /// <summary>The C# name, or null where it is the wire name in Pascal case.</summary>
    public string? Name(string token, string property) => Entry("names", token, property)?["name"]!.GetValue<string>();

    /// <summary>The schema type where the declarations say less than the schema (JSON values are <c>any</c> there).</summary>
    public JsonNode? Type(string token, string property) => Entry("types", token, property)?["type"]!.DeepClone();

    /// <summary>Where a number's entry was looked up.</summary>
    public IEnumerable<(string Key, string Source)> NumberSources() =>
        Section("numbers").Select(entry => (entry.Key, entry.Value!["source"]!.GetValue<string>()));

    /// <summary>Notes an integer that is still to be looked up.</summary>
    public void Assume(string token, string property) =>
        Section("numbers")[$"{token}#{property}"] = new JsonObject { ["source"] = Assumed, ["type"] = "integer" };

    public void Save(string path) => File.WriteAllText(path, SliceFormat.Write(_json));

    private JsonObject Section(string name) => (JsonObject)(_json[name] ??= new JsonObject());

    private JsonObject? Entry(string section, string token, string property) => Section(section)[$"{token}#{property}"] as JsonObject;
}
