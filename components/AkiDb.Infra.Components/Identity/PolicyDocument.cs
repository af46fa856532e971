using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using Pulumi;

namespace AkiDb.Infra.Components.Identity;

/// <summary>An IAM policy document (language version 2012-10-17) as the JSON text that AWS takes.</summary>
public static class PolicyDocument
{
    private static readonly JsonWriterOptions Format = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The document of <paramref name="statements"/>, in this order. It is known once every ARN in it is.</summary>
    public static Output<string> Json(params PolicyStatement[] statements) =>
        Output.All(statements.Select(statement => statement.Resolve()))
            .Apply(resolved => Write(resolved));

    private static string Write(ImmutableArray<PolicyStatement.Resolved> statements)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, Format))
        {
            writer.WriteStartObject();
            writer.WriteString("Version", "2012-10-17");
            writer.WriteStartArray("Statement");
            foreach (var statement in statements)
                Write(writer, statement);
            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return System.Text.Encoding.UTF8.GetString(buffer.ToArray());
    }

    private static void Write(Utf8JsonWriter writer, PolicyStatement.Resolved statement)
    {
        writer.WriteStartObject();
        writer.WriteString("Sid", statement.Sid);
        writer.WriteString("Effect", statement.Effect.ToString());
        if (statement.Principals.Length == 1 && statement.Principals[0].Kind == PolicyPrincipal.EveryoneKind)
        {
            writer.WriteString("Principal", "*");
        }
        else if (!statement.Principals.IsEmpty)
        {
            writer.WriteStartObject("Principal");
            foreach (var principal in statement.Principals)
                WriteTexts(writer, principal.Kind, principal.Names);
            writer.WriteEndObject();
        }

        WriteTexts(writer, "Action", statement.Actions);
        if (!statement.Resources.IsEmpty)
            WriteTexts(writer, "Resource", statement.Resources);
        if (!statement.Conditions.IsEmpty)
        {
            writer.WriteStartObject("Condition");
            foreach (var test in statement.Conditions.GroupBy(condition => condition.Operator))
            {
                writer.WriteStartObject(test.Key);
                foreach (var condition in test)
                    WriteTexts(writer, condition.Key, condition.Values);
                writer.WriteEndObject();
            }

            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    private static void WriteTexts(Utf8JsonWriter writer, string key, ImmutableArray<string> texts)
    {
        writer.WritePropertyName(key);
        if (texts.Length == 1)
        {
            writer.WriteStringValue(texts[0]);
            return;
        }

        writer.WriteStartArray();
        foreach (var text in texts)
            writer.WriteStringValue(text);
        writer.WriteEndArray();
    }
}
