namespace AkiDb.Infra.Policies.Iam;

/// <summary>Only named keys decrypt.</summary>
internal sealed class NoDecryptEverywhere : IdentityStatementRule
{
    public override RuleAbout About { get; } = new("kms-no-decrypt-everywhere", Severity.High,
        title: "No identity may decrypt with every key",
        why: "Encryption protects nothing from an identity that may use all keys.",
        fix: "Name the keys in Resource; where keys are made elsewhere, use a condition on kms:ResourceAliases or kms:ViaService.",
        frameworks: ["KMS.1", "KMS.2"]);

    protected override string Wanted => "the ARNs of the keys, or a condition";

    protected override string? FaultOf(IamStatement statement) =>
        UnboundActions(statement, ["kms:Decrypt", "kms:ReEncryptFrom"]) is { Count: > 0 } unbound ? $"{Some(unbound)} with every key" : null;
}
