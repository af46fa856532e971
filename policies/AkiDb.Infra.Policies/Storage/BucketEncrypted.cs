using AkiDb.Infra.Plan;

namespace AkiDb.Infra.Policies.Storage;

/// <summary>Objects are encrypted under a key of ours.</summary>
internal sealed class BucketEncrypted() : BucketCompanion(
    "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration", "one that uses KMS")
{
    public override RuleAbout About { get; } = new("s3-kms-encrypted", Severity.High,
        title: "Every bucket encrypts with a customer-managed key",
        why: "With S3's own key a leaked object permission is enough to read; with ours the key's policy must agree too.",
        fix: "Declare the encryption with sseAlgorithm aws:kms and a kmsMasterKeyId. Buckets that take access logs use AES256: S3 delivers logs under no other.",
        frameworks: ["CKV_AWS_145"]);

    protected override IEnumerable<Finding?> Check(PlanView plan, PlannedResource bucket, PlannedResource companion)
    {
        var isLogTarget = LogBuckets.IsLogTarget(plan, bucket);
        return companion.Items("rules").SelectMany(path => isLogTarget
            ? new[] { companion.Must($"{path}.applyServerSideEncryptionByDefault.sseAlgorithm", Is.AnyOf("AES256"), "AES256: S3 delivers access logs under no other key") }
            :
            [
                companion.Must($"{path}.applyServerSideEncryptionByDefault.sseAlgorithm", Is.AnyOf("aws:kms", "aws:kms:dsse"), "aws:kms"),
                companion.Must($"{path}.applyServerSideEncryptionByDefault.kmsMasterKeyId", Is.Present, "the ARN of a KMS key"),
            ]);
    }
}
