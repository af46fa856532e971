using AkiDb.Infra.Plan;
using AkiDb.Infra.Plan.Values;

namespace AkiDb.Infra.Policies.Secrets;

/// <summary>Kubernetes secrets get their content as secrets.</summary>
internal sealed class KubernetesSecretsOpaque() : ResourceRule("kubernetes:core/v1:Secret")
{
    private static readonly string[] Contents = ["data", "stringData"];

    public override RuleAbout About { get; } = new("kubernetes-secret-from-secret", Severity.High,
        title: "The content of a Kubernetes Secret is a Pulumi secret",
        why: "What is passed as plain text stands in the state and in every preview, however Kubernetes keeps it.",
        fix: "Mark the value with Output.CreateSecret, or let a CSI driver mount it from Secrets Manager.");

    protected override IEnumerable<Finding?> Check(PlannedResource secret) => Contents
        .Where(key => secret.Input(key) is MapValue)
        .SelectMany(key => ((MapValue)secret.Input(key)!).Entries.Select(entry => secret.Must(
            entry.Value switch { SecretValue => Truth.Yes, UnknownValue => Truth.Unknown, TextValue { Value: "" } => Truth.Yes, _ => Truth.No },
            PropertyPath.Append(key, entry.Key), "a plain value", "a Pulumi secret")));
}
