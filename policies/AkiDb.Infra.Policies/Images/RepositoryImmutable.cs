using AkiDb.Infra.Plan;

namespace AkiDb.Infra.Policies.Images;

/// <summary>A tag means one image for ever.</summary>
internal sealed class RepositoryImmutable() : ResourceRule("aws:ecr/repository:Repository")
{
    public override RuleAbout About { get; } = new("ecr-immutable-tags", Severity.Medium,
        title: "Image tags cannot be moved",
        why: "A tag that moves makes a rollback start something else than what ran before.",
        fix: "Set imageTagMutability to IMMUTABLE.",
        frameworks: ["CKV_AWS_51", "ECR.2"]);

    protected override IEnumerable<Finding?> Check(PlannedResource repository) =>
        [repository.Must("imageTagMutability", Is.AnyOf("IMMUTABLE"), "IMMUTABLE")];
}
