namespace AkiDb.Infra.Tests.Policies.Cases;

public sealed class IdentityCases : IRuleCases
{
    private const string RolePolicy = "aws:iam/rolePolicy:RolePolicy";
    private const string Named = "'arn:aws:s3:::models/*'";

    public IEnumerable<RuleCase> Cases =>
    [
        RuleCase.One("iam-no-administrator", RolePolicy, Allow("['s3:*']", "'*'"), Allow("'*'", "'*'")),
        RuleCase.One("iam-no-service-wildcard", RolePolicy, Allow("['s3:Get*']", Named), Allow("['s3:GetObject', 'sqs:*']", Named)),
        RuleCase.One("iam-no-privilege-escalation", RolePolicy, Allow("'iam:PutRolePolicy'", "'arn:aws:iam::111122223333:role/x'"), Allow("'iam:Put*'", "'*'")),
        RuleCase.One("iam-no-credential-exposure", RolePolicy, Allow("'sts:AssumeRole'", "'arn:aws:iam::111122223333:role/x'"), Allow("'STS:assumerole'", "'*'")),
        RuleCase.One("iam-no-data-exfiltration", RolePolicy, Allow("'s3:GetObject'", Named), Allow("'s3:Get?bject'", "'*'")),
        RuleCase.One("iam-no-permissions-management", RolePolicy, Allow("'kms:CreateGrant'", "'*'", ", Condition: {Bool: {'kms:GrantIsForAWSResource': 'true'}}"), Allow("'kms:CreateGrant'", "'*'")),
        RuleCase.One("iam-writes-constrained", RolePolicy, Allow("['ec2:DescribeImages', 'xray:PutTraceSegments']", "'*'"),
            Allow("'ec2:TerminateInstances'", "'*'", ", Condition: {StringLike: {'aws:ResourceTag/x': '*'}}")),
        RuleCase.One("iam-reads-constrained", RolePolicy, Allow("['ec2:DescribeImages', 'pricing:GetProducts']", "'*'"), Allow("'eks:DescribeCluster'", "'*'")),
        RuleCase.One("iam-pass-role-scoped", RolePolicy, Allow("'iam:PassRole'", "'arn:aws:iam::111122223333:role/node'"),
            Allow("'iam:PassRole'", "'*'", ", Condition: {StringEquals: {'iam:PassedToService': ec2.amazonaws.com}}")),
        RuleCase.One("kms-no-decrypt-everywhere", RolePolicy, Allow("'kms:Decrypt'", "'arn:aws:kms:us-east-1:111122223333:key/1'"), Allow("'kms:*'", "'*'")),
        RuleCase.One("iam-trust-scoped", "aws:iam/role:Role",
            Trust("{AWS: 'arn:aws:iam::111122223333:root'}", ", Condition: {StringEquals: {'sts:ExternalId': x}}"), Trust("{AWS: 'arn:aws:iam::111122223333:root'}")),
    ];

    private static string Allow(string actions, string resources, string more = "") =>
        $"policy: !json {{Statement: [{{Effect: Allow, Action: {actions}, Resource: {resources}{more}}}]}}";

    private static string Trust(string principal, string more = "") =>
        $"assumeRolePolicy: !json {{Statement: [{{Effect: Allow, Principal: {principal}, Action: 'sts:AssumeRole'{more}}}]}}";
}
