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
        ["aws:ec2/customerGateway:CustomerGateway"] = ("cgw", "customer-gateway"),
        ["aws:ec2/vpnGateway:VpnGateway"] = ("vgw", "vpn-gateway"),
        ["aws:ec2/vpnConnection:VpnConnection"] = ("vpn", "vpn-connection"),
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
            ["aws:acm/certificate:Certificate"] = Certificate,
            ["aws:acm/certificateValidation:CertificateValidation"] = request => Named(request, request.Input("certificateArn")!, request.Input("certificateArn")!),
            ["aws:cloudfront/distribution:Distribution"] = request => GlobalId(request, "distribution",
                ("domainName", $"d{StandInText.Hex(request.Seed, 13)}.cloudfront.net"),
                // CloudFront's own zone, the same for everyone (Route 53 developer guide, "AliasTarget", read 2026-11).
                ("hostedZoneId", "Z2FDTNDATAQYW2")),
            ["aws:cloudfront/function:Function"] = request => Named(request, request.PhysicalName, $"arn:aws:cloudfront::{request.AccountId}:function/{request.PhysicalName}"),
            ["aws:lambda/function:Function"] = LambdaFunction,
            ["aws:lambda/alias:Alias"] = request => Named(request, request.PhysicalName, request.Arn("lambda", $"function:{request.Input("functionName")}:{request.PhysicalName}")),
            ["aws:lambda/functionUrl:FunctionUrl"] = request => new StandInAnswer(request.PhysicalName,
                ("functionUrl", $"https://{StandInText.Hex(request.Seed, 32)}.lambda-url.{request.Region}.on.aws/")),
            ["aws:lb/loadBalancer:LoadBalancer"] = LoadBalancer,
            ["aws:lb/targetGroup:TargetGroup"] = request => Arned(request, request.Arn("elasticloadbalancing", $"targetgroup/{request.PhysicalName}/{StandInText.Hex(request.Seed, 16)}")),
            ["aws:lb/listener:Listener"] = request => Arned(request, request.Arn("elasticloadbalancing", $"listener/app/{request.Name}/{StandInText.Hex(request.Seed, 16)}")),
            ["aws:lb/listenerRule:ListenerRule"] = request => Arned(request, request.Arn("elasticloadbalancing", $"listener-rule/app/{request.Name}/{StandInText.Hex(request.Seed, 16)}")),
            ["aws:route53/zone:Zone"] = Zone,
            ["aws:ssm/document:Document"] = request => new StandInAnswer(request.PhysicalName, ("name", request.PhysicalName), ("latestVersion", "1")),
            ["aws:wafv2/webAcl:WebAcl"] = request => Arned(request, request.Arn("wafv2", $"global/webacl/{request.PhysicalName}/{StandInText.Uuid(request.Seed)}")),
            ["aws:cloudwatch/logDeliveryDestination:LogDeliveryDestination"] = request =>
                Named(request, request.PhysicalName, request.Arn("logs", $"delivery-destination:{request.PhysicalName}")),
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

    // What is known by its ARN.
    private static StandInAnswer Arned(StandInRequest request, string arn) => Named(request, arn, arn);

    // CloudFront's ids: E and 13 letters and digits; its ARNs name no region.
    private static StandInAnswer GlobalId(StandInRequest request, string kind, params (string, string)[] outputs)
    {
        var id = $"E{StandInText.Hex(request.Seed, 13).ToUpperInvariant()}";
        return new StandInAnswer(id, [("arn", $"arn:aws:cloudfront::{request.AccountId}:{kind}/{id}"), .. outputs]);
    }

    private static StandInAnswer Certificate(StandInRequest request)
    {
        var arn = request.Arn("acm", $"certificate/{StandInText.Uuid(request.Seed)}");
        // The proof is the same in every region of an account: it goes by the name alone.
        var domain = request.Input("domainName")!.Replace("*.", "", StringComparison.Ordinal);
        return new StandInAnswer(arn,
            ("arn", arn),
            ("domainValidationOptions[0].domainName", domain),
            ("domainValidationOptions[0].resourceRecordName", $"_{StandInText.Hex(domain, 32)}.{domain}."),
            ("domainValidationOptions[0].resourceRecordType", "CNAME"),
            ("domainValidationOptions[0].resourceRecordValue", $"_{StandInText.Hex(domain + "|proof", 32)}.acm-validations.aws."));
    }

    private static StandInAnswer LambdaFunction(StandInRequest request)
    {
        var arn = request.Arn("lambda", $"function:{request.PhysicalName}");
        return new StandInAnswer(request.PhysicalName, ("name", request.PhysicalName), ("arn", arn), ("version", "1"), ("qualifiedArn", $"{arn}:1"));
    }

    private static StandInAnswer LoadBalancer(StandInRequest request)
    {
        var arn = request.Arn("elasticloadbalancing", $"loadbalancer/app/{request.PhysicalName}/{StandInText.Hex(request.Seed, 16)}");
        return new StandInAnswer(arn,
            ("name", request.PhysicalName),
            ("arn", arn),
            ("dnsName", $"{request.PhysicalName}-{StandInText.Number(request.Seed)}.{request.Region}.elb.amazonaws.com"),
            ("zoneId", $"Z{StandInText.Hex(request.Region + "|elb", 13).ToUpperInvariant()}"));
    }

    private static StandInAnswer Zone(StandInRequest request)
    {
        var id = $"Z{StandInText.Hex(request.Seed, 20).ToUpperInvariant()}";
        // Four servers of four top-level domains, as Route 53 gives them; the sample has one.
        return new StandInAnswer(id, ("zoneId", id), ("arn", $"arn:aws:route53:::hostedzone/{id}"), ("nameServers[0]", $"ns-{StandInText.Number(request.Seed) % 2048}.awsdns-{StandInText.Number(request.Seed) % 64:00}.com"));
    }

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
