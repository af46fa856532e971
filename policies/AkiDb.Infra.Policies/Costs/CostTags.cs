using System.Collections.Immutable;
using System.Text.Json;
using AkiDb.Infra.Plan;
using AkiDb.Infra.Plan.Values;

namespace AkiDb.Infra.Policies.Costs;

/// <summary>Every dollar has an owner.</summary>
internal sealed class CostTags() : ResourceRule("pulumi:providers:aws", "pulumi:providers:aws-native")
{
    /// <summary>Tags that the bill is split by.</summary>
    public static ImmutableArray<string> Required { get; } = ["cost-center", "environment", "managed-by", "owner", "project"];

    public override RuleAbout About { get; } = new("cost-tags", Severity.Medium,
        title: "Every provider gives its resources the cost-allocation tags",
        why: "Cost Explorer can only split what is tagged; what is not tagged is paid by everyone and questioned by nobody.",
        fix: "Set defaultTags with cost-center, environment, managed-by, owner and project.");

    protected override IEnumerable<Finding?> Check(PlannedResource provider) => [provider.Must("defaultTags", HasTags, string.Join(", ", Required))];

    // A provider's settings travel as JSON text.
    private static Truth HasTags(PlanValue? value) => value switch
    {
        UnknownValue or SecretValue => Truth.Unknown,
        MapValue map => Required.Select(key => Is.Present(map.At($"tags[\"{key}\"]"))).All(),
        TextValue text => TruthLogic.Of(HasTags(text.Value)),
        _ => Truth.No,
    };

    private static bool HasTags(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("tags", out var tags)
                && Required.All(key => tags.TryGetProperty(key, out var value) && value.ToString().Length > 0);
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
