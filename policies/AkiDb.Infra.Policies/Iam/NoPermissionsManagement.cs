namespace AkiDb.Infra.Policies.Iam;

/// <summary>No identity can change who may reach a resource.</summary>
internal sealed class NoPermissionsManagement : UnboundActionsRule
{
    public override RuleAbout About { get; } = new("iam-no-permissions-management", Severity.High,
        title: "No identity can change resource policies at large",
        why: "Writing a bucket's or key's policy opens it without touching the data.",
        fix: "Name the resources, or leave policies to the deployment's role.",
        frameworks: ["CKV_AWS_289"]);

    protected override IReadOnlyList<string> Actions { get; } =
    [
        "s3:PutBucketPolicy", "s3:PutBucketAcl", "s3:PutObjectAcl", "s3:PutBucketPublicAccessBlock", "kms:PutKeyPolicy", "kms:CreateGrant", "sqs:SetQueueAttributes", "sqs:AddPermission",
        "sns:AddPermission", "lambda:AddPermission", "ecr:SetRepositoryPolicy", "secretsmanager:PutResourcePolicy", "iam:CreatePolicy", "iam:DeleteRolePolicy", "iam:DetachRolePolicy",
        "iam:PutRolePermissionsBoundary", "iam:DeleteRolePermissionsBoundary",
    ];
}
