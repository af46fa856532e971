using AkiDb.Infra.Plan;
using AkiDb.Infra.Plan.Values;
using AkiDb.Infra.Policies.Secrets;

namespace AkiDb.Infra.Policies.Functions;

/// <summary>No function carries a secret in its settings.</summary>
internal sealed class NoSecretEnvironment() : ResourceRule("aws:lambda/function:Function")
{
    public override RuleAbout About { get; } = new("lambda-no-secret-environment", Severity.High,
        title: "No secret stands in a function's environment",
        why: "Everyone who may describe the function reads it, and it stays in every published version.",
        fix: "Give the function the ARN of a secret and the right to read it.",
        frameworks: ["CKV_AWS_45"]);

    protected override IEnumerable<Finding?> Check(PlannedResource function) => function.Input("environment.variables") is MapValue variables
        ? variables.Entries.Where(entry => SecretShape.OfNamed(entry.Key, entry.Value) is not null)
            .Select(entry => new Violation(function, PropertyPath.Append("environment.variables", entry.Key), SecretShape.OfNamed(entry.Key, entry.Value)!, "the ARN of a secret"))
        : [];
}
