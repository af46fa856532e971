using AkiDb.Infra.Plan;

namespace AkiDb.Infra.Policies.Iam;

/// <summary>Nothing may do everything.</summary>
internal sealed class NoAdministrator() : ResourceRule([.. PolicyDocuments.Identity.Keys, .. Attachments])
{
    private static readonly string[] Attachments =
        ["aws:iam/rolePolicyAttachment:RolePolicyAttachment", "aws:iam/userPolicyAttachment:UserPolicyAttachment", "aws:iam/groupPolicyAttachment:GroupPolicyAttachment", "aws:iam/policyAttachment:PolicyAttachment"];

    private static readonly string[] AdministratorPolicies = ["AdministratorAccess", "PowerUserAccess", "IAMFullAccess"];

    public override RuleAbout About { get; } = new("iam-no-administrator", Severity.Critical,
        title: "No identity may do everything",
        why: "Whoever gets hold of one such credential owns the account.",
        fix: "List the actions and resources that the program calls; for people use access entries and time-bound roles.",
        frameworks: ["CKV_AWS_62", "CKV_AWS_63", "CKV_AWS_274", "IAM.1"]);

    protected override IEnumerable<Finding?> Check(PlannedResource resource) =>
    [
        .. Attachments.Contains(resource.Type)
            ? [resource.Must("policyArn", Is.Text(arn => !AdministratorPolicies.Contains(arn[(arn.LastIndexOf('/') + 1)..])), "a policy for what is needed")]
            : Array.Empty<Finding?>(),
        .. resource.Items("managedPolicyArns").Select(path =>
            resource.Must(path, Is.Text(arn => !AdministratorPolicies.Contains(arn[(arn.LastIndexOf('/') + 1)..])), "a policy for what is needed")),
        .. PolicyDocuments.IdentityPaths(resource).SelectMany(path => IamDocument.Read(resource.Input(path)) is { } document
            ? document.Statements.Where(statement => statement.IsAllow && statement.CoversEveryAction && statement.CoversEveryResource && !statement.IsConstrained)
                .Select(statement => (Finding?)new Violation(resource, path, $"{statement.Label}: every action on every resource", "named actions on named resources"))
            : [new NotApplicableYet(resource, path)]),
    ];
}
