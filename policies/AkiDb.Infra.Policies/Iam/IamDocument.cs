using System.Collections.Immutable;
using System.Text.Json;
using AkiDb.Infra.Plan.Values;

namespace AkiDb.Infra.Policies.Iam;

/// <summary>An IAM policy document, read as IAM reads it: one statement or a list, one value or a list, wildcards kept.</summary>
internal sealed record IamDocument(ImmutableArray<IamStatement> Statements)
{
    /// <summary>Reads the document in an input: JSON text or an object.</summary>
    /// <returns>The document, or null where it is not known; <see cref="Malformed"/> where it is no document.</returns>
    public static IamDocument? Read(PlanValue? value) => value switch
    {
        TextValue text => Parse(text.Value),
        UnknownValue or SecretValue => null,
        MapValue map => ReadMap(map),
        _ => Malformed,
    };

    /// <summary>What something that is no policy document reads as: it allows nothing. The schema and AWS refuse it elsewhere.</summary>
    public static IamDocument Malformed { get; } = new([]);

    private static IamDocument Parse(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var statements = document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("Statement", out var list) ? list : default;
            return statements.ValueKind switch
            {
                JsonValueKind.Array => new([.. statements.EnumerateArray().Select(ReadStatement)]),
                JsonValueKind.Object => new([ReadStatement(statements, 0)]),
                _ => Malformed,
            };
        }
        catch (JsonException)
        {
            return Malformed;
        }
    }

    private static IamDocument ReadMap(MapValue map)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
            AkiDb.Infra.Plan.Json.PlanValueJson.Write(writer, map);
        return Parse(System.Text.Encoding.UTF8.GetString(buffer.ToArray()));
    }

    private static IamStatement ReadStatement(JsonElement json, int index) => new()
    {
        Label = Texts(json, "Sid") is [{ Length: > 0 } sid, ..] ? sid : $"statement {index + 1}",
        IsAllow = Texts(json, "Effect") is ["Allow"],
        Actions = Texts(json, "Action"),
        NotActions = Texts(json, "NotAction"),
        Resources = Texts(json, "Resource"),
        NotResources = Texts(json, "NotResource"),
        Principals = Principals(json),
        HasNotPrincipal = json.TryGetProperty("NotPrincipal", out _),
        Conditions = Conditions(json),
    };

    private static ImmutableArray<(string, string)> Principals(JsonElement json) => !json.TryGetProperty("Principal", out var principal) ? []
        : principal.ValueKind == JsonValueKind.Object
            ? [.. principal.EnumerateObject().SelectMany(kind => Values(kind.Value).Select(value => (kind.Name, value)))]
            : [.. Values(principal).Select(value => ("*", value))];

    private static ImmutableArray<IamCondition> Conditions(JsonElement json) =>
        json.TryGetProperty("Condition", out var condition) && condition.ValueKind == JsonValueKind.Object
            ? [.. condition.EnumerateObject().Where(test => test.Value.ValueKind == JsonValueKind.Object)
                .SelectMany(test => test.Value.EnumerateObject().Select(key => new IamCondition(test.Name, key.Name, Values(key.Value))))]
            : [];

    private static ImmutableArray<string> Texts(JsonElement json, string key) => json.TryGetProperty(key, out var value) ? Values(value) : [];

    private static ImmutableArray<string> Values(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => [.. value.EnumerateArray().Select(item => item.ToString())],
        JsonValueKind.Null or JsonValueKind.Undefined => [],
        JsonValueKind.True => ["true"],
        JsonValueKind.False => ["false"],
        _ => [value.ToString()],
    };
}
