using AkiDb.Infra.Plan;

namespace AkiDb.Infra.Policies.Compute;

/// <summary>Volumes that hold data are encrypted under a key of ours.</summary>
internal sealed class VolumesCustomerKey() : ResourceRule("aws:ec2/volume:Volume")
{
    public override RuleAbout About { get; } = new("ebs-customer-key", Severity.Low,
        title: "Data volumes use a customer-managed key",
        why: "The account's default key cannot be shared, restricted or revoked by itself.",
        fix: "Set kmsKeyId.",
        frameworks: ["CKV_AWS_189"],
        level: EnforcementLevel.Advisory);

    protected override IEnumerable<Finding?> Check(PlannedResource volume) =>
        [volume.Must("kmsKeyId", Is.Present, "the ARN of a KMS key")];
}
