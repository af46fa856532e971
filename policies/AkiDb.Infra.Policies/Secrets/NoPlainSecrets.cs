using AkiDb.Infra.Plan;
using AkiDb.Infra.Plan.Values;

namespace AkiDb.Infra.Policies.Secrets;

/// <summary>No input holds a secret in the clear.</summary>
internal sealed class NoPlainSecrets() : ResourceRule
{
    public override RuleAbout About { get; } = new("no-plain-secrets", Severity.Critical,
        title: "No input holds what looks like a secret",
        why: "Inputs stand in the state, in previews, in logs and in the cloud's own console.",
        fix: "Keep it in Secrets Manager and pass its ARN; what must pass through the program, pass as a Pulumi secret.");

    protected override IEnumerable<Finding?> Check(PlannedResource resource) =>
        Walk(resource.Inputs, "").Select(fault => new Violation(resource, fault.Path, fault.Shape, "a reference to a secret, or a Pulumi secret"));

    private static IEnumerable<(string Path, string Shape)> Walk(PlanValue value, string path) => value switch
    {
        // An environment variable of a container: the name stands beside the value.
        MapValue map when map.Entries.TryGetValue("name", out var name) && name is TextValue text
            && map.Entries.TryGetValue("value", out var literal) && SecretShape.OfNamed(text.Value, literal) is { } shape =>
            [(PropertyPath.Append(path, "value"), shape)],
        MapValue map => map.Entries.SelectMany(entry => SecretShape.OfNamed(entry.Key, entry.Value) is { } shape
            ? [(PropertyPath.Append(path, entry.Key), shape)]
            : Walk(entry.Value, PropertyPath.Append(path, entry.Key))),
        ListValue list => list.Items.SelectMany((item, index) => Walk(item, PropertyPath.Append(path, index))),
        TextValue text when SecretShape.Of(text.Value) is { } shape => [(path, shape)],
        AssetValue { Kind: "text" } asset when SecretShape.Of(asset.Content) is { } shape => [(path, shape)],
        _ => [],
    };
}
