using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using AkiDb.Infra.Plan.Json;
using AkiDb.Infra.Plan.Values;

namespace AkiDb.Infra.Cli.Reports;

/// <summary>A plan value as text.</summary>
internal static class ValueText
{
    /// <summary>On one line: text as it is, the rest as JSON.</summary>
    public static string OneLine(PlanValue value) => value switch
    {
        TextValue text => text.Value,
        UnknownValue => "known after the deployment",
        SecretValue => "[secret]",
        _ => Json(value, indented: false),
    };

    /// <summary>As JSON over several lines.</summary>
    public static string Indented(PlanValue value) => Json(value, indented: true);

    private static string Json(PlanValue value, bool indented)
    {
        using var buffer = new MemoryStream();
        var format = new JsonWriterOptions { Indented = indented, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, NewLine = "\n" };
        using (var writer = new Utf8JsonWriter(buffer, format))
            PlanValueJson.Write(writer, value);
        return Encoding.UTF8.GetString(buffer.ToArray());
    }
}
