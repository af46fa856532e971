namespace AkiDb.Infra.Policies.Iam;

/// <summary>No identity can give itself more.</summary>
internal sealed class NoPrivilegeEscalation : UnboundActionsRule
{
    public override RuleAbout About { get; } = new("iam-no-privilege-escalation", Severity.Critical,
        title: "No identity can raise its own permissions",
        why: "Each of these actions on any resource is as good as administrator: attach a policy to oneself, pass a better role to a new function.",
        fix: "Name the roles, policies and functions in Resource.",
        frameworks: ["CKV_AWS_286"]);

    protected override IReadOnlyList<string> Actions { get; } =
    [
        "iam:CreatePolicyVersion", "iam:SetDefaultPolicyVersion", "iam:AttachUserPolicy", "iam:AttachGroupPolicy", "iam:AttachRolePolicy",
        "iam:PutUserPolicy", "iam:PutGroupPolicy", "iam:PutRolePolicy", "iam:AddUserToGroup", "iam:UpdateAssumeRolePolicy",
        "lambda:UpdateFunctionCode", "lambda:UpdateFunctionConfiguration", "glue:UpdateDevEndpoint", "ssm:SendCommand", "ssm:StartSession",
        "eks:CreateAccessEntry", "eks:AssociateAccessPolicy", "cloudformation:SetStackPolicy",
    ];
}
