namespace AkiDb.Infra.Policies.Images;

/// <summary>Old images go.</summary>
internal sealed class RepositoryLifecycle : StackRule
{
    public override RuleAbout About { get; } = new("ecr-lifecycle", Severity.Low,
        title: "Every repository has a lifecycle policy",
        why: "Every build adds an image of gigabytes for ever.",
        fix: "Declare an aws:ecr/lifecyclePolicy:LifecyclePolicy for the repository.",
        frameworks: ["ECR.3"]);

    protected override IEnumerable<Finding?> Judge(PlanView plan) => plan.OfType("aws:ecr/repository:Repository").Select(repository => repository.Must(
        plan.LinkedTo(repository, "aws:ecr/lifecyclePolicy:LifecyclePolicy", "repository", "name").Select(link => link.Belongs).Any(),
        "", "no lifecycle policy", "a lifecycle policy"));
}
