using System.Collections.Frozen;
using AkiDb.Infra.Plan;
using AkiDb.Infra.Plan.Values;

namespace AkiDb.Infra.Policies.Observability;

/// <summary>Sampling rules say only what X-Ray can decide.</summary>
internal sealed class SamplingRuleFields() : ResourceRule("aws:xray/samplingRule:SamplingRule", "aws-native:xray:SamplingRule")
{
    private static readonly FrozenSet<string> Fields = new[]
    {
        "ruleName", "priority", "fixedRate", "reservoirSize", "host", "httpMethod", "urlPath", "serviceName", "serviceType", "resourceArn", "resourceARN", "attributes", "version",
        "samplingRateBoost", "samplingRule", "tags", "region",
    }.ToFrozenSet();

    public override RuleAbout About { get; } = new("xray-sampling-fields", Severity.Medium,
        title: "X-Ray sampling rules have no imagined fields",
        why: "Sampling is decided before status and duration exist; a rule for 'errors' or 'slow' is ignored or refused.",
        fix: "Do what depends on the outcome in the collector's tail sampling.");

    protected override IEnumerable<Finding?> Check(PlannedResource rule) => Names(rule, "").Concat(Names(rule, "samplingRule"))
        .Where(path => !Fields.Contains(path[(path.LastIndexOf('.') + 1)..]))
        .Select(path => new Violation(rule, path, "a field that sampling rules do not have", $"one of {string.Join(", ", Fields.Order(StringComparer.Ordinal))}"));

    private static IEnumerable<string> Names(PlannedResource rule, string path) =>
        rule.Inputs.At(path) is MapValue map ? map.Entries.Keys.Select(key => PropertyPath.Append(path, key)) : [];
}
