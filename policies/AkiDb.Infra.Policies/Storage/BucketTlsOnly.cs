using AkiDb.Infra.Plan;
using AkiDb.Infra.Policies.Iam;

namespace AkiDb.Infra.Policies.Storage;

/// <summary>Buckets refuse plain HTTP.</summary>
internal sealed class BucketTlsOnly() : BucketCompanion("aws:s3/bucketPolicy:BucketPolicy", "one that denies requests without TLS")
{
    public override RuleAbout About { get; } = new("s3-tls-only", Severity.Medium,
        title: "Every bucket's policy denies requests without TLS",
        why: "S3 answers plain HTTP unless it is told not to; signatures travel with it.",
        fix: "Deny s3:* to everyone on the bucket and its objects where aws:SecureTransport is false.",
        frameworks: ["S3.5", "s3_bucket_ssl_requests_only"]);

    protected override IEnumerable<Finding?> Check(PlanView plan, PlannedResource bucket, PlannedResource companion) =>
        [companion.Must("policy", policy => TransportSecurity.IsDemanded(policy, "s3:GetObject"), "a Deny where aws:SecureTransport is false")];
}
