using AkiDb.Contracts;
using AkiDb.Infra.Components.Kubernetes;
using AkiDb.Infra.Components.Storage;
using AkiDb.Infra.Components.Workloads;
using Pulumi;
using Pulumi.Aws.LB.Inputs;
using Aws = Pulumi.Aws;

namespace AkiDb.Infra.Components.Ingress;

/// <summary>
/// One region's application load balancer before the routers. It is declared here and not by a controller in the cluster, so that
/// the plan, DNS, the policies and the cost preview see it; a TargetGroupBinding puts the pods in. Two doors lead in: CloudFront's,
/// with our header, and Route 53's checkers', for the one path that they ask.
/// </summary>
public sealed class RegionalIngress : ComponentResource
{
    /// <summary>Longest that a router's pod that goes away keeps its open requests, in seconds. It must end before the pod is killed
    /// (<see cref="ServicePod.GraceSeconds"/> s after its notice), and it fits many times into the two minutes that spot gives.</summary>
    public const int DeregistrationSeconds = 20;

    // AWS-managed prefix lists (Amazon VPC user guide, "AWS-managed prefix lists", read 2026-11). The first weighs 55 of the 60 rules
    // that a security group may have, the second 25: hence two groups.
    private const string EdgePrefixList = "com.amazonaws.global.cloudfront.origin-facing";

    private const int Https = 443;

    private readonly string _name;
    private readonly RegionalIngressArgs _args;
    private readonly Aws.LB.TargetGroup _targets;

    /// <summary>Declares load balancer, rules and doors.</summary>
    /// <exception cref="ArgumentException">A name that is too long, or no value or too many for the header.</exception>
    public RegionalIngress(string name, RegionalIngressArgs args, ComponentResourceOptions? options = null)
        : base("akidb:ingress:RegionalIngress", name, args, options)
    {
        (_name, _args) = (name, args);
        var component = $"RegionalIngress '{name}'";
        ComponentArgument.InRange(component, "length of NamePrefix", args.NamePrefix.Length, 1, 26);
        // An ALB rule takes five values a rule (Elastic Load Balancing, "Quotas for your Application Load Balancers", read 2026-11).
        ComponentArgument.InRange(component, "number of OriginKeys", args.OriginKeys.Length, 1, 5);

        var edge = CreateDoor("edge", "CloudFront edge locations", EdgePrefixList);
        var checks = CreateDoor("checks", "Route 53 health checkers", $"com.amazonaws.{args.Region}.route53-healthchecks");
        OpenPathToPods(edge);
        var balancer = CreateBalancer(edge, checks);
        _targets = CreateTargets();
        Rules = CreateRules(CreateListener(balancer));

        DnsName = balancer.DnsName;
        ZoneId = balancer.ZoneId;
        TargetGroupArn = _targets.Arn;
        RegisterOutputs(new Dictionary<string, object?> { ["dnsName"] = DnsName });
    }

    /// <summary>The load balancer's own name.</summary>
    public Output<string> DnsName { get; }

    /// <summary>Zone of that name.</summary>
    public Output<string> ZoneId { get; }

    /// <summary>ARN of the target group.</summary>
    public Output<string> TargetGroupArn { get; }

    /// <summary>The rule that lets our distribution in; what sends the header waits for it.</summary>
    public Resource Rules { get; }

    /// <summary>Puts the routers' pods into the target group, once controller and Service are there.</summary>
    /// <param name="after">The controller.</param>
    /// <param name="kubernetes">The cluster's provider.</param>
    public void Bind(Resource after, ProviderResource kubernetes) => _ = new CustomObject($"{_name}-router", new CustomObjectArgs("elbv2.k8s.aws/v1beta1", "TargetGroupBinding")
    {
        Metadata = ObjectMetadata.InAkiDb(ServiceNames.Router),
        Spec = new InputMap<object>
        {
            ["serviceRef"] = new Dictionary<string, object> { ["name"] = ServiceNames.Router, ["port"] = ServiceEndpoints.Port },
            ["targetGroupARN"] = _targets.Arn.Apply(arn => (object)arn),
            ["targetType"] = "ip",
            // No "networking": the path from the load balancer to the pods is a rule of this program.
        },
    }, new CustomResourceOptions { Parent = this, Provider = kubernetes, DependsOn = { after } });

    // EC2 takes no apostrophe in a description.
    private Aws.Ec2.SecurityGroup CreateDoor(string label, string who, string prefixList)
    {
        var group = new Aws.Ec2.SecurityGroup($"{_name}-{label}", new Aws.Ec2.SecurityGroupArgs
        {
            VpcId = _args.VpcId,
            Description = $"{_args.NamePrefix}: lets {who} in",
        }, Child());
        var addresses = Aws.Ec2.GetManagedPrefixList.Invoke(new Aws.Ec2.GetManagedPrefixListInvokeArgs { Name = prefixList },
            new InvokeOptions { Parent = this });
        _ = new Aws.Vpc.SecurityGroupIngressRule($"{_name}-{label}", new Aws.Vpc.SecurityGroupIngressRuleArgs
        {
            SecurityGroupId = group.Id,
            Description = who,
            IpProtocol = "tcp",
            FromPort = Https,
            ToPort = Https,
            PrefixListId = addresses.Apply(found => found.Id ?? ""),
        }, Child());
        return group;
    }

    private void OpenPathToPods(Aws.Ec2.SecurityGroup balancer)
    {
        _ = new Aws.Vpc.SecurityGroupEgressRule($"{_name}-to-pods", new Aws.Vpc.SecurityGroupEgressRuleArgs
        {
            SecurityGroupId = balancer.Id,
            Description = "Routers",
            IpProtocol = "tcp",
            FromPort = ServiceEndpoints.Port,
            ToPort = ServiceEndpoints.Port,
            ReferencedSecurityGroupId = _args.NodeSecurityGroupId,
        }, Child());
        _ = new Aws.Vpc.SecurityGroupIngressRule($"{_name}-from-balancer", new Aws.Vpc.SecurityGroupIngressRuleArgs
        {
            SecurityGroupId = _args.NodeSecurityGroupId,
            Description = "Load balancer",
            IpProtocol = "tcp",
            FromPort = ServiceEndpoints.Port,
            ToPort = ServiceEndpoints.Port,
            ReferencedSecurityGroupId = balancer.Id,
        }, Child());
    }

    private Aws.LB.LoadBalancer CreateBalancer(params Aws.Ec2.SecurityGroup[] doors) => new(_name, new Aws.LB.LoadBalancerArgs
    {
        Name = $"{_args.NamePrefix}-edge",
        LoadBalancerType = "application",
        Internal = false,
        Subnets = _args.SubnetIds,
        SecurityGroups = doors.Select(door => door.Id).ToList(),
        DropInvalidHeaderFields = true,
        EnableDeletionProtection = _args.DeletionProtection,
        // Longer than CloudFront keeps a connection, so that it is never closed under a request.
        IdleTimeout = 60,
        EnableZonalShift = true,
        AccessLogs = new LoadBalancerAccessLogsArgs { Bucket = _args.LogBucket, Prefix = LogBucket.LoadBalancerPrefix, Enabled = true },
    }, Child());

    private Aws.LB.TargetGroup CreateTargets() => new($"{_name}-routers", new Aws.LB.TargetGroupArgs
    {
        Name = $"{_args.NamePrefix}-route",
        VpcId = _args.VpcId,
        TargetType = "ip",
        Protocol = "HTTP",
        ProtocolVersion = "HTTP1",
        Port = ServiceEndpoints.Port,
        DeregistrationDelay = DeregistrationSeconds,
        // A router that answers slowly gets less, not its share.
        LoadBalancingAlgorithmType = "least_outstanding_requests",
        HealthCheck = new TargetGroupHealthCheckArgs
        {
            Path = ServiceEndpoints.Ready,
            Matcher = "200",
            Interval = 5,
            Timeout = 2,
            HealthyThreshold = 2,
            UnhealthyThreshold = 2,
        },
    }, Child());

    private Aws.LB.Listener CreateListener(Aws.LB.LoadBalancer balancer) => new($"{_name}-https", new Aws.LB.ListenerArgs
    {
        LoadBalancerArn = balancer.Arn,
        Port = Https,
        Protocol = "HTTPS",
        // TLS 1.3, and 1.2 with forward secrecy and authenticated ciphers, which CloudFront needs where it does not speak 1.3.
        SslPolicy = "ELBSecurityPolicy-TLS13-1-2-Res-2021-06",
        CertificateArn = _args.CertificateArn,
        DefaultActions =
        {
            new ListenerDefaultActionArgs
            {
                Type = "fixed-response",
                FixedResponse = new ListenerDefaultActionFixedResponseArgs { StatusCode = "403", ContentType = "text/plain", MessageBody = "Use the public address." },
            },
        },
    }, Child());

    private Aws.LB.ListenerRule CreateRules(Aws.LB.Listener listener)
    {
        // Checkers cannot send a header. The answer is the word that a router is ready, to nobody else.
        _ = CreateRule(listener, "health", priority: 1, new ListenerRuleConditionArgs
        {
            PathPattern = new ListenerRuleConditionPathPatternArgs { Values = { ServiceEndpoints.Ready } },
        });
        return CreateRule(listener, "ours", priority: 2, new ListenerRuleConditionArgs
        {
            HttpHeader = new ListenerRuleConditionHttpHeaderArgs { HttpHeaderName = _args.OriginHeader, Values = _args.OriginKeys.Select(key => (Input<string>)key).ToArray() },
        });
    }

    private Aws.LB.ListenerRule CreateRule(Aws.LB.Listener listener, string label, int priority, ListenerRuleConditionArgs condition) =>
        new($"{_name}-{label}", new Aws.LB.ListenerRuleArgs
        {
            ListenerArn = listener.Arn,
            Priority = priority,
            Conditions = { condition },
            Actions = { new ListenerRuleActionArgs { Type = "forward", TargetGroupArn = _targets.Arn } },
        }, Child());

    private CustomResourceOptions Child() => new() { Parent = this };
}
