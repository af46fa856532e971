using System.Text.Json;
using System.Text.Json.Nodes;
using AkiDb.Infra.Policies;

namespace AkiDb.Infra.Cli.Reports.Policies;

/// <summary>The findings as SARIF 2.1.0 (OASIS), which code hosts show beside the changed lines.</summary>
internal static class SarifReport
{
    /// <summary>Writes <paramref name="report"/>.</summary>
    public static void Write(Stream stream, PolicyReport report, SourceIndex sources)
    {
        var rules = report.Violations.Select(violation => violation.Rule)
            .Concat(report.Exempted.Select(entry => entry.Violation.Rule)).DistinctBy(rule => rule.Name)
            .OrderBy(rule => rule.Name, StringComparer.Ordinal).ToList();
        var results = report.Violations.Select(violation => Result(report, violation, sources, rules, null))
            .Concat(report.Exempted.Select(entry => Result(report, entry.Violation, sources, rules, entry.Exemption.Reason)));
        var sarif = new JsonObject
        {
            ["$schema"] = "https://json.schemastore.org/sarif-2.1.0.json",
            ["version"] = "2.1.0",
            ["runs"] = new JsonArray(new JsonObject
            {
                ["tool"] = new JsonObject
                {
                    ["driver"] = new JsonObject { ["name"] = "akidb policy", ["rules"] = new JsonArray([.. rules.Select(Descriptor)]) },
                },
                ["automationDetails"] = new JsonObject { ["id"] = $"akidb-policy/{report.Plan.Stack}/" },
                ["originalUriBaseIds"] = new JsonObject { ["SRCROOT"] = new JsonObject { ["description"] = new JsonObject { ["text"] = "The checkout" } } },
                ["columnKind"] = "utf16CodeUnits",
                ["results"] = new JsonArray([.. results]),
            }),
        };
        using var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, NewLine = "\n" });
        sarif.WriteTo(writer);
    }

    private static JsonObject Descriptor(RuleAbout rule) => new()
    {
        ["id"] = rule.Name,
        ["shortDescription"] = new JsonObject { ["text"] = rule.Title },
        ["fullDescription"] = new JsonObject { ["text"] = rule.Why },
        ["help"] = new JsonObject { ["text"] = rule.Fix },
        ["defaultConfiguration"] = new JsonObject { ["level"] = Level(rule) },
        ["properties"] = new JsonObject
        {
            ["tags"] = new JsonArray([.. rule.Frameworks.Select(id => JsonValue.Create(id))]),
            // What GitHub sorts by: 0.1 to 10.
            ["security-severity"] = rule.Severity switch { Severity.Critical => "9.5", Severity.High => "8.0", Severity.Medium => "5.5", _ => "2.0" },
        },
    };

    private static JsonObject Result(PolicyReport report, RuleViolation entry, SourceIndex sources, List<RuleAbout> rules, string? exemption)
    {
        var violation = entry.Violation;
        var (file, line) = sources.Of(report.Plan, violation.Resource) ?? ($"Pulumi.{report.Plan.Stack}.yaml", 1);
        var result = new JsonObject
        {
            ["ruleId"] = entry.Rule.Name,
            ["ruleIndex"] = rules.FindIndex(rule => rule.Name == entry.Rule.Name),
            ["level"] = Level(entry.Rule),
            ["message"] = new JsonObject { ["text"] = $"{violation.Resource.Name} {violation.Path}: found {violation.Found}; wanted {violation.Wanted}. {entry.Rule.Fix}" },
            ["locations"] = new JsonArray(new JsonObject
            {
                ["physicalLocation"] = new JsonObject
                {
                    ["artifactLocation"] = new JsonObject { ["uri"] = file, ["uriBaseId"] = "SRCROOT" },
                    ["region"] = new JsonObject { ["startLine"] = line },
                },
                ["logicalLocations"] = new JsonArray(new JsonObject { ["fullyQualifiedName"] = violation.Resource.Urn.ToString(), ["kind"] = "resource" }),
            }),
            ["partialFingerprints"] = new JsonObject { ["akidb/v1"] = $"{entry.Rule.Name}|{violation.Resource.Urn}|{violation.Path}" },
        };
        if (exemption is not null)
            result["suppressions"] = new JsonArray(new JsonObject { ["kind"] = "external", ["justification"] = exemption });
        return result;
    }

    private static string Level(RuleAbout rule) => rule.Blocks ? "error" : "warning";
}
