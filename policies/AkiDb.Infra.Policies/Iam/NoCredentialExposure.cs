namespace AkiDb.Infra.Policies.Iam;

/// <summary>No identity can make credentials for others.</summary>
internal sealed class NoCredentialExposure : UnboundActionsRule
{
    public override RuleAbout About { get; } = new("iam-no-credential-exposure", Severity.High,
        title: "No identity can make or read credentials at large",
        why: "These actions answer with credentials: a stolen session turns into a lasting one.",
        fix: "Name the users, roles or repositories in Resource.",
        frameworks: ["CKV_AWS_287"]);

    protected override IReadOnlyList<string> Actions { get; } =
    [
        "iam:CreateAccessKey", "iam:UpdateAccessKey", "iam:CreateLoginProfile", "iam:UpdateLoginProfile", "iam:CreateServiceSpecificCredential",
        "sts:AssumeRole", "sts:GetFederationToken", "redshift:GetClusterCredentials", "rds-db:connect", "codepipeline:PollForJobs",
    ];
}
