using System.Text.Json;

namespace AkiDb.Infra.Tests.Components;

/// <summary>The statements of policy documents.</summary>
internal static class PolicyStatements
{
    /// <summary>Statements of a document by Sid.</summary>
    public static Dictionary<string, JsonElement> BySid(string document) =>
        JsonDocument.Parse(document).RootElement.GetProperty("Statement").EnumerateArray().ToDictionary(statement => statement.GetProperty("Sid").GetString()!);
}
