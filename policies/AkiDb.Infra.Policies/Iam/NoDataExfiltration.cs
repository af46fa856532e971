namespace AkiDb.Infra.Policies.Iam;

/// <summary>No identity can read all data.</summary>
internal sealed class NoDataExfiltration : UnboundActionsRule
{
    public override RuleAbout About { get; } = new("iam-no-data-exfiltration", Severity.High,
        title: "No identity can read objects, secrets or parameters at large",
        why: "One leaked token would then read every bucket and every secret of the account.",
        fix: "Name the buckets, secrets and parameters in Resource.",
        frameworks: ["CKV_AWS_288"]);

    protected override IReadOnlyList<string> Actions { get; } =
    [
        "s3:GetObject", "s3:GetObjectVersion", "secretsmanager:GetSecretValue", "ssm:GetParameter", "ssm:GetParameters", "ssm:GetParametersByPath",
        "dynamodb:Scan", "rds:CopyDBSnapshot", "ec2:GetPasswordData",
    ];
}
