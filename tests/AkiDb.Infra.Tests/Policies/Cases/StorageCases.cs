using AkiDb.TestKit.Plans;

namespace AkiDb.Infra.Tests.Policies.Cases;

public sealed class StorageCases : IRuleCases
{
    private const string Deny = "{Effect: Deny, Principal: '*', Action: 's3:*', Resource: '*', Condition: {Bool: {'aws:SecureTransport': 'false'}}}";

    public IEnumerable<RuleCase> Cases =>
    [
        Companion("s3-public-access-blocked", "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
            "blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: true, restrictPublicBuckets: true",
            "blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: true, restrictPublicBuckets: false"),
        Companion("s3-versioned", "aws:s3/bucketVersioning:BucketVersioning", "versioningConfiguration: {status: Enabled}", "versioningConfiguration: {status: Suspended}"),
        Companion("s3-kms-encrypted", "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
            "rules: [{applyServerSideEncryptionByDefault: {sseAlgorithm: 'aws:kms', kmsMasterKeyId: arn}}]", "rules: [{applyServerSideEncryptionByDefault: {sseAlgorithm: AES256}}]"),
        Companion("s3-tls-only", "aws:s3/bucketPolicy:BucketPolicy", $"policy: !json {{Statement: [{Deny}]}}", "policy: !json {Statement: []}"),
        Companion("s3-lifecycle", "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
            "rules: [{status: Enabled, abortIncompleteMultipartUpload: {daysAfterInitiation: 7}}]", "rules: [{status: Disabled, abortIncompleteMultipartUpload: {daysAfterInitiation: 7}}]"),
        Companion("s3-acls-off", "aws:s3/bucketOwnershipControls:BucketOwnershipControls", "rule: {objectOwnership: BucketOwnerEnforced}", "rule: {objectOwnership: ObjectWriter}"),
        RuleCase.Of("s3-access-logs",
            plan => Bucket(plan).Has("aws:s3/bucket:Bucket", "logs", "bucket: logs").Has("aws:s3/bucketLogging:BucketLogging", "to", "{bucket: models, targetBucket: logs}"),
            plan => Bucket(plan)),
        RuleCase.One("s3-no-public-principal", "aws:s3/bucketPolicy:BucketPolicy", $"policy: !json {{Statement: [{Deny}]}}",
            "policy: !json {Statement: [{Effect: Allow, Principal: {AWS: '*'}, Action: 's3:GetObject', Resource: '*'}]}"),
        RuleCase.One("ecr-immutable-tags", "aws:ecr/repository:Repository", "imageTagMutability: IMMUTABLE", "imageTagMutability: MUTABLE"),
        RuleCase.One("ecr-scan", "aws:ecr/repository:Repository", "imageScanningConfiguration: {scanOnPush: true}", "name: akidb"),
        RuleCase.One("ecr-customer-key", "aws:ecr/repository:Repository", "encryptionConfigurations: [{encryptionType: KMS, kmsKey: arn}]", "encryptionConfigurations: [{encryptionType: AES256}]"),
        RuleCase.Of("ecr-lifecycle",
            plan => plan.Has("aws:ecr/repository:Repository", "images", "name: akidb").Has("aws:ecr/lifecyclePolicy:LifecyclePolicy", "old", "repository: akidb"),
            plan => plan.Has("aws:ecr/repository:Repository", "images", "name: akidb").Has("aws:ecr/lifecyclePolicy:LifecyclePolicy", "old", "repository: other")),
    ];

    private static PlanBuilder Bucket(PlanBuilder plan) => plan.Has("aws:s3/bucket:Bucket", "models", "bucket: models");

    private static RuleCase Companion(string rule, string type, string passing, string failing) => RuleCase.Of(rule,
        plan => Bucket(plan).Has(type, "companion", $"{{bucket: models, {passing}}}"),
        plan => Bucket(plan).Has(type, "companion", $"{{bucket: models, {failing}}}"));
}
