using System.Collections.Frozen;

namespace AkiDb.Infra.Plan.Offline.Outputs;

/// <summary>
/// Ids, ARNs and addresses of AWS resources in the shapes that AWS gives them (Service Authorization Reference, "Resource
/// types", read 2026-11). A type that is missing here gets its name as id and an ARN by the general rule.
/// </summary>
internal static class AwsStandIns
{
    // EC2's things: id prefix, and the word in the ARN.
    private static readonly FrozenDictionary<string, (string Prefix, string Word)> Ec2 = new Dictionary<string, (string, string)>
    {
        ["aws:ec2/vpc:Vpc"] = ("vpc", "vpc"),
        ["aws:ec2/subnet:Subnet"] = ("subnet", "subnet"),
        ["aws:ec2/internetGateway:InternetGateway"] = ("igw", "internet-gateway"),
        ["aws:ec2/natGateway:NatGateway"] = ("nat", "natgateway"),
        ["aws:ec2/eip:Eip"] = ("eipalloc", "elastic-ip"),
        ["aws:ec2/routeTable:RouteTable"] = ("rtb", "route-table"),
        ["aws:ec2/route:Route"] = ("r-rtb", "route"),
        ["aws:ec2/routeTableAssociation:RouteTableAssociation"] = ("rtbassoc", "route-table-association"),
        ["aws:ec2/vpcEndpoint:VpcEndpoint"] = ("vpce", "vpc-endpoint"),
        ["aws:ec2/flowLog:FlowLog"] = ("fl", "vpc-flow-log"),
        ["aws:ec2/securityGroup:SecurityGroup"] = ("sg", "security-group"),
        ["aws:ec2/defaultSecurityGroup:DefaultSecurityGroup"] = ("sg", "security-group"),
        ["aws:ec2/launchTemplate:LaunchTemplate"] = ("lt", "launch-template"),
        ["aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule"] = ("sgr", "security-group-rule"),
        ["aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule"] = ("sgr", "security-group-rule"),
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, Func<StandInRequest, StandInAnswer>> Others =
        new Dictionary<string, Func<StandInRequest, StandInAnswer>>
        {
            ["aws:eks/cluster:Cluster"] = EksCluster,
            ["aws:eks/addon:Addon"] = request => Named(request, $"{request.Input("clusterName")}:{request.Input("addonName")}",
                request.Arn("eks", $"addon/{request.Input("clusterName")}/{request.Input("addonName")}/{StandInText.Uuid(request.Seed)}")),
            ["aws:eks/nodeGroup:NodeGroup"] = request => Named(request, $"{request.Input("clusterName")}:{request.Name}",
                request.Arn("eks", $"nodegroup/{request.Input("clusterName")}/{request.Name}/{StandInText.Uuid(request.Seed)}")),
            ["aws:iam/role:Role"] = request => Named(request, request.PhysicalName, $"arn:aws:iam::{request.AccountId}:role/{request.PhysicalName}"),
            ["aws:iam/policy:Policy"] = request =>
            {
                var arn = $"arn:aws:iam::{request.AccountId}:policy/{request.PhysicalName}";
                return Named(request, arn, arn);
            },
            ["aws:kms/key:Key"] = request =>
            {
                var id = StandInText.Uuid(request.Seed);
                return new StandInAnswer(id, ("keyId", id), ("arn", request.Arn("kms", $"key/{id}")));
            },
            ["aws:kms/alias:Alias"] = request => Named(request, request.PhysicalName, request.Arn("kms", request.PhysicalName)),
            ["aws:s3/bucket:Bucket"] = request => new StandInAnswer(request.PhysicalName,
                ("bucket", request.PhysicalName),
                ("arn", $"arn:aws:s3:::{request.PhysicalName}"),
                ("bucketDomainName", $"{request.PhysicalName}.s3.amazonaws.com"),
                ("bucketRegionalDomainName", $"{request.PhysicalName}.s3.{request.Region}.amazonaws.com")),
            ["aws:cloudwatch/logGroup:LogGroup"] = request => Named(request, request.PhysicalName, request.Arn("logs", $"log-group:{request.PhysicalName}")),
            ["aws:cloudwatch/metricAlarm:MetricAlarm"] = request => Named(request, request.PhysicalName, request.Arn("cloudwatch", $"alarm:{request.PhysicalName}")),
            ["aws:cloudwatch/compositeAlarm:CompositeAlarm"] = request => Named(request, request.Input("alarmName") ?? request.PhysicalName,
                request.Arn("cloudwatch", $"alarm:{request.Input("alarmName") ?? request.PhysicalName}")),
            ["aws:sns/topic:Topic"] = request =>
            {
                var arn = request.Arn("sns", request.PhysicalName);
                return Named(request, arn, arn);
            },
            ["aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream"] = request =>
            {
                var arn = request.Arn("firehose", $"deliverystream/{request.PhysicalName}");
                return Named(request, arn, arn);
            },
            ["aws:costexplorer/anomalyMonitor:AnomalyMonitor"] = request =>
            {
                var arn = $"arn:aws:ce::{request.AccountId}:anomalymonitor/{StandInText.Uuid(request.Seed)}";
                return Named(request, arn, arn);
            },
            ["aws:xray/group:Group"] = request => Named(request, request.Arn("xray", $"group/{request.Input("groupName")}/{StandInText.Hex(request.Seed, 10)}"),
                request.Arn("xray", $"group/{request.Input("groupName")}")),
            ["aws:cloudwatch/eventRule:EventRule"] = request => Named(request, request.PhysicalName, request.Arn("events", $"rule/{request.PhysicalName}")),
            ["aws:secretsmanager/secret:Secret"] = request =>
            {
                var arn = request.Arn("secretsmanager", $"secret:{request.PhysicalName}-{StandInText.Hex(request.Seed, 6)}");
                return Named(request, arn, arn);
            },
            ["aws:sqs/queue:Queue"] = request =>
            {
                var url = $"https://sqs.{request.Region}.amazonaws.com/{request.AccountId}/{request.PhysicalName}";
                return new StandInAnswer(url, ("url", url), ("name", request.PhysicalName), ("arn", request.Arn("sqs", request.PhysicalName)));
            },
            ["aws:ecr/repository:Repository"] = request => new StandInAnswer(request.PhysicalName,
                ("name", request.PhysicalName),
                ("registryId", request.AccountId),
                ("repositoryUrl", $"{request.AccountId}.dkr.ecr.{request.Region}.amazonaws.com/{request.PhysicalName}"),
                ("arn", request.Arn("ecr", $"repository/{request.PhysicalName}"))),
        }.ToFrozenDictionary();

    /// <summary>The answer for <paramref name="request"/>.</summary>
    public static StandInAnswer Answer(StandInRequest request)
    {
        if (Ec2.TryGetValue(request.Type, out var shape))
        {
            var id = $"{shape.Prefix}-0{StandInText.Hex(request.Seed, 16)}";
            return new StandInAnswer(id,
                ("arn", request.Arn("ec2", $"{shape.Word}/{id}")),
                ("allocationId", id),
                ("publicIp", StandInText.PublicAddress(request.Seed)),
                ("privateIp", StandInText.PrivateAddress(request.Seed)));
        }

        if (Others.TryGetValue(request.Type, out var answer))
            return answer(request);
        var service = request.Type.Split(':')[1].Split('/')[0];
        return Named(request, request.PhysicalName, request.Arn(service, request.PhysicalName));
    }

    private static StandInAnswer Named(StandInRequest request, string id, string arn) =>
        new(id, ("name", request.PhysicalName), ("arn", arn));

    private static StandInAnswer EksCluster(StandInRequest request)
    {
        var hash = StandInText.Hex(request.Seed, 32).ToUpperInvariant();
        return new StandInAnswer(request.PhysicalName,
            ("name", request.PhysicalName),
            ("arn", request.Arn("eks", $"cluster/{request.PhysicalName}")),
            ("endpoint", $"https://{hash}.gr7.{request.Region}.eks.amazonaws.com"),
            // "offline stand-in" in base64: readable by whoever decodes it, a certificate to nobody.
            ("certificateAuthority.data", "b2ZmbGluZSBzdGFuZC1pbg=="),
            ("identities[0].oidcs[0].issuer", $"https://oidc.eks.{request.Region}.amazonaws.com/id/{hash}"),
            ("vpcConfig.clusterSecurityGroupId", $"sg-0{StandInText.Hex(request.Seed + "|group", 16)}"),
            ("status", "ACTIVE"));
    }
}
