using AkiDb.Infra.Plan;

namespace AkiDb.Infra.Policies.Images;

/// <summary>Images are encrypted under a key of ours.</summary>
internal sealed class RepositoryCustomerKey() : ResourceRule("aws:ecr/repository:Repository")
{
    public override RuleAbout About { get; } = new("ecr-customer-key", Severity.Low,
        title: "Images are encrypted with a customer-managed key",
        why: "Images hold the models; with our key their readers are in one policy and in CloudTrail.",
        fix: "Set encryptionConfigurations to KMS with a kmsKey. It cannot be changed later.",
        frameworks: ["CKV_AWS_136"]);

    protected override IEnumerable<Finding?> Check(PlannedResource repository) =>
    [
        repository.Must("encryptionConfigurations", Is.Present, "KMS with a key"),
        .. repository.Items("encryptionConfigurations").SelectMany(path => new[]
        {
            repository.Must($"{path}.encryptionType", Is.AnyOf("KMS", "KMS_DSSE"), "KMS"),
            repository.Must($"{path}.kmsKey", Is.Present, "the ARN of a KMS key"),
        }),
    ];
}
