using AkiDb.Infra.Plan;

namespace AkiDb.Infra.Policies.Functions;

/// <summary>A function is called by what it was made for.</summary>
internal sealed class PermissionScoped() : ResourceRule("aws:lambda/permission:Permission")
{
    public override RuleAbout About { get; } = new("lambda-permission-scoped", Severity.High,
        title: "Lambda permissions name who calls and from what",
        why: "A service principal without a source lets that service call on behalf of any AWS account.",
        fix: "Set sourceArn to the rule, topic or distribution; never principal *.",
        frameworks: ["CKV_AWS_301", "CKV_AWS_364", "Lambda.1"]);

    protected override IEnumerable<Finding?> Check(PlannedResource permission) =>
    [
        permission.Must("principal", Is.Text(principal => principal != "*"), "a named principal"),
        permission.Must(
            permission.Is("principal", Is.Text(principal => principal.EndsWith(".amazonaws.com", StringComparison.Ordinal))).Not()
                .Or(permission.Is("sourceArn", Is.Present)).Or(permission.Is("sourceAccount", Is.Present)),
            "sourceArn", "a service without a source", "the ARN of what calls"),
    ];
}
