namespace AkiDb.Infra.Policies.Images;

/// <summary>Images are looked through for known holes.</summary>
internal sealed class RepositoryScanned : StackRule
{
    public override RuleAbout About { get; } = new("ecr-scan", Severity.Medium,
        title: "Images are scanned when they are pushed",
        why: "Without it a base image with a known hole runs until someone happens to read about it.",
        fix: "Set imageScanningConfiguration.scanOnPush to true, or declare an aws:ecr/registryScanningConfiguration:RegistryScanningConfiguration.",
        frameworks: ["CKV_AWS_163", "ECR.1"]);

    protected override IEnumerable<Finding?> Judge(PlanView plan)
    {
        var scanned = plan.OfType("aws:ecr/registryScanningConfiguration:RegistryScanningConfiguration")
            .Where(registry => registry.Is("rules", Is.Present) == Truth.Yes).Select(registry => registry.Region).ToHashSet();
        return plan.OfType("aws:ecr/repository:Repository").Where(repository => !scanned.Contains(repository.Region))
            .Select(repository => repository.Must("imageScanningConfiguration.scanOnPush", Is.True, "true"));
    }
}
