using System.Globalization;
using System.Text;
using System.Text.Json;
using AkiDb.Infra.Plan.Json;
using AkiDb.Infra.Plan.Values;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace AkiDb.TestKit.Plans;

/// <summary>Inputs as a test writes them: YAML, block or flow. <c>!unknown</c> and <c>!secret</c> are the plan's own kinds, and
/// <c>!json</c> before an object makes the JSON text of it, as policy documents travel.</summary>
public static class YamlValues
{
    /// <summary>Reads an object.</summary>
    /// <exception cref="ArgumentException">The text is not one YAML object.</exception>
    public static MapValue Map(string yaml)
    {
        if (yaml.Length == 0)
            return MapValue.Empty;
        return Read(yaml) as MapValue ?? throw new ArgumentException($"This is no object: {yaml}", nameof(yaml));
    }

    /// <summary>Reads any value.</summary>
    public static PlanValue Read(string yaml)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(yaml));
        return Convert(stream.Documents[0].RootNode);
    }

    private static PlanValue Convert(YamlNode node) => (node.Tag.IsEmpty ? "" : node.Tag.Value) switch
    {
        "!unknown" => UnknownValue.Instance,
        "!secret" => SecretValue.Instance,
        "!json" => new TextValue(Json(Plain(node))),
        _ => Plain(node),
    };

    private static PlanValue Plain(YamlNode node) => node switch
    {
        YamlMappingNode map => MapValue.From(map.Children.Select(entry => KeyValuePair.Create(entry.Key.ToString(), Convert(entry.Value)))),
        YamlSequenceNode list => new ListValue([.. list.Children.Select(Convert)]),
        YamlScalarNode { Style: ScalarStyle.Plain } scalar => Scalar(scalar.Value ?? ""),
        _ => new TextValue(((YamlScalarNode)node).Value ?? ""),
    };

    private static PlanValue Scalar(string text) =>
        bool.TryParse(text, out var flag) ? new BooleanValue(flag)
        : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? new NumberValue(number)
        : new TextValue(text);

    private static string Json(PlanValue value)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
            PlanValueJson.Write(writer, value);
        return Encoding.UTF8.GetString(buffer.ToArray());
    }
}
