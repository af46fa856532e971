using AkiDb.Infra.Policies.Iam;

namespace AkiDb.Infra.Policies.Keys;

/// <summary>No key policy lets in the world.</summary>
internal sealed class KeyNotForAnyone() : ResourcePolicyRule("aws:kms/key:Key")
{
    public override RuleAbout About { get; } = new("kms-no-wildcard-principal", Severity.Critical,
        title: "Key policies allow nobody and everybody nothing",
        why: "A key that anyone may use protects nothing.",
        fix: "Name the account's root for administration, and services with aws:SourceArn or kms:ViaService and kms:CallerAccount.",
        frameworks: ["CKV_AWS_33", "KMS.5"]);
}
