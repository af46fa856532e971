using AkiDb.Infra.Components.Identity;
using Pulumi;
using Aws = Pulumi.Aws;

namespace AkiDb.Infra.Components.Network;

/// <summary>A record of who talked to whom in a network, accepted and refused, kept encrypted for a set time.</summary>
internal static class FlowLogs
{
    public static void Create(string name, Aws.Ec2.Vpc vpc, RegionalNetworkArgs args, Resource parent)
    {
        var child = new CustomResourceOptions { Parent = parent };
        var group = new Aws.CloudWatch.LogGroup($"{name}-flow", new Aws.CloudWatch.LogGroupArgs
        {
            Name = $"/akidb/{args.ClusterName}/flow",
            RetentionInDays = args.FlowLogRetentionDays,
            KmsKeyId = args.LogKeyArn,
        }, child);
        var role = new Aws.Iam.Role($"{name}-flow-role", new Aws.Iam.RoleArgs
        {
            AssumeRolePolicy = TrustPolicy.ForService("vpc-flow-logs.amazonaws.com"),
        }, child);
        _ = new Aws.Iam.RolePolicy($"{name}-flow-policy", new Aws.Iam.RolePolicyArgs
        {
            Role = role.Name,
            Policy = PolicyDocument.Json(new PolicyStatement
            {
                Sid = "WriteFlowLog",
                Actions = ["logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogStreams"],
                Resources = { group.Arn, group.Arn.Apply(arn => $"{arn}:*") },
            }),
        }, child);
        _ = new Aws.Ec2.FlowLog($"{name}-flow-log", new Aws.Ec2.FlowLogArgs
        {
            VpcId = vpc.Id,
            TrafficType = "ALL",
            LogDestination = group.Arn,
            IamRoleArn = role.Arn,
            MaxAggregationInterval = 600,
            Tags = { ["Name"] = $"{args.ClusterName}-flow" },
        }, child);
    }
}
