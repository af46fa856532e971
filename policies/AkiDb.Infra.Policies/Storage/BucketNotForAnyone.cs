using AkiDb.Infra.Policies.Iam;
namespace AkiDb.Infra.Policies.Storage;

/// <summary>No bucket policy lets in the world.</summary>
internal sealed class BucketNotForAnyone() : ResourcePolicyRule("aws:s3/bucketPolicy:BucketPolicy", "aws:ecr/repositoryPolicy:RepositoryPolicy")
{
    public override RuleAbout About { get; } = new("s3-no-public-principal", Severity.Critical,
        title: "Bucket and repository policies allow nobody and everybody nothing",
        why: "An Allow for * gives the models to whoever guesses the name.",
        fix: "Name the principal, or add a condition such as aws:PrincipalOrgID or aws:SourceArn.",
        frameworks: ["CKV_AWS_70", "S3.6"]);
}
