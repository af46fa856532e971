using AkiDb.Contracts;
using Pulumi;
using Pulumi.Aws.CloudFront.Inputs;
using Aws = Pulumi.Aws;

namespace AkiDb.Infra.Components.Edge;

/// <summary>
/// CloudFront before all regions: TLS 1.2 or newer, HTTP/2 and 3, the web ACL, and three ways to an origin. The API goes to the
/// nearest healthy region; embeddings may go to a warm tier, which the viewer function chooses; documents that are the same for
/// everyone are cached, and fail over. docs/edge.md draws a request's path.
/// </summary>
public sealed class EdgeDistribution : ComponentResource
{
    /// <summary>Origin: the nearest healthy region's load balancer.</summary>
    public const string ClusterOrigin = "cluster";

    /// <summary>Origin: another healthy region's load balancer.</summary>
    public const string StandbyOrigin = "standby";

    private const string ReadOrigins = "reads";

    private static readonly string[] AllMethods = ["GET", "HEAD", "OPTIONS", "PUT", "POST", "PATCH", "DELETE"];
    private static readonly string[] ReadMethods = ["GET", "HEAD", "OPTIONS"];

    private readonly string _name;
    private readonly EdgeDistributionArgs _args;

    /// <summary>Declares distribution, policies, access log and metrics.</summary>
    public EdgeDistribution(string name, EdgeDistributionArgs args, ComponentResourceOptions? options = null)
        : base("akidb:edge:EdgeDistribution", name, args, options)
    {
        (_name, _args) = (name, args);
        var policies = new EdgePolicies(name, args.NamePrefix, this);
        Distribution = new Aws.CloudFront.Distribution(name, Settings(policies, SignerOfFunctionUrls()),
            new CustomResourceOptions { Parent = this, DependsOn = args.After.ToList() });
        EdgeLogs.Create(name, args.NamePrefix, Distribution, args.LogBucketArn, this);
        // Error rates by status and the origin's latency, by the minute.
        _ = new Aws.CloudFront.MonitoringSubscription($"{name}-metrics", new Aws.CloudFront.MonitoringSubscriptionArgs
        {
            DistributionId = Distribution.Id,
            MonitoringSubscriptionDetails = new MonitoringSubscriptionMonitoringSubscriptionArgs
            {
                RealtimeMetricsSubscriptionConfig = new MonitoringSubscriptionMonitoringSubscriptionRealtimeMetricsSubscriptionConfigArgs
                {
                    RealtimeMetricsSubscriptionStatus = "Enabled",
                },
            },
        }, new CustomResourceOptions { Parent = this });
        foreach (var warm in args.Warm)
            warm.LetIn(Distribution.Arn);
        RegisterOutputs(new Dictionary<string, object?> { ["id"] = Distribution.Id, ["domainName"] = Distribution.DomainName });
    }

    /// <summary>The distribution.</summary>
    public Aws.CloudFront.Distribution Distribution { get; }

    /// <summary>Origin of a region's warm tier.</summary>
    public static string WarmOrigin(string region) => $"warm-{region}";

    private Output<string>? SignerOfFunctionUrls() => _args.Warm.IsEmpty
        ? null
        : new Aws.CloudFront.OriginAccessControl($"{_name}-signer", new Aws.CloudFront.OriginAccessControlArgs
        {
            Name = $"{_args.NamePrefix}-edge",
            Description = "Signs requests to the warm tiers' function URLs",
            OriginAccessControlOriginType = "lambda",
            SigningBehavior = "always",
            SigningProtocol = "sigv4",
        }, new CustomResourceOptions { Parent = this }).Id;

    private Aws.CloudFront.DistributionArgs Settings(EdgePolicies policies, Output<string>? signer)
    {
        var settings = new Aws.CloudFront.DistributionArgs
        {
            Comment = _args.NamePrefix,
            Enabled = true,
            Aliases = { _args.Names.Api },
            HttpVersion = "http2and3",
            IsIpv6Enabled = true,
            PriceClass = _args.PriceClass.ApiName(),
            WebAclId = _args.FirewallArn,
            ViewerCertificate = new DistributionViewerCertificateArgs
            {
                AcmCertificateArn = _args.CertificateArn,
                MinimumProtocolVersion = "TLSv1.2_2021",
                SslSupportMethod = "sni-only",
            },
            Restrictions = new DistributionRestrictionsArgs
            {
                GeoRestriction = new DistributionRestrictionsGeoRestrictionArgs { RestrictionType = "none" },
            },
            DefaultCacheBehavior = new DistributionDefaultCacheBehaviorArgs
            {
                TargetOriginId = ClusterOrigin,
                AllowedMethods = AllMethods,
                CachedMethods = { "GET", "HEAD" },
                ViewerProtocolPolicy = "https-only",
                Compress = true,
                CachePolicyId = policies.Live,
                OriginRequestPolicyId = policies.ToOrigin,
                ResponseHeadersPolicyId = policies.SecurityHeaders,
                FunctionAssociations = { new DistributionDefaultCacheBehaviorFunctionAssociationArgs { EventType = "viewer-request", FunctionArn = _args.ViewerFunctionArn } },
            },
            OrderedCacheBehaviors = { Embeddings(policies), Documents(policies) },
        };
        AddOrigins(settings, signer);
        return settings;
    }

    private void AddOrigins(Aws.CloudFront.DistributionArgs settings, Output<string>? signer)
    {
        settings.Origins.Add(LoadBalancers(ClusterOrigin, _args.Names.Nearest));
        if (_args.HasStandby)
        {
            settings.Origins.Add(LoadBalancers(StandbyOrigin, _args.Names.Standby));
            settings.OriginGroups.Add(new DistributionOriginGroupArgs
            {
                OriginId = ReadOrigins,
                FailoverCriteria = new DistributionOriginGroupFailoverCriteriaArgs { StatusCodes = { 500, 502, 503, 504 } },
                Members =
                {
                    new DistributionOriginGroupMemberArgs { OriginId = ClusterOrigin },
                    new DistributionOriginGroupMemberArgs { OriginId = StandbyOrigin },
                },
            });
        }

        foreach (var warm in _args.Warm)
        {
            settings.Origins.Add(new DistributionOriginArgs
            {
                OriginId = WarmOrigin(warm.Region),
                DomainName = warm.Host,
                OriginAccessControlId = signer!,
                CustomOriginConfig = Tls(),
            });
        }
    }

    // Two attempts of three seconds: a region that is gone costs a read six seconds until the other one is asked, not thirty.
    private DistributionOriginArgs LoadBalancers(string id, string host) => new()
    {
        OriginId = id,
        DomainName = host,
        ConnectionAttempts = 2,
        ConnectionTimeout = 3,
        CustomHeaders = { new DistributionOriginCustomHeaderArgs { Name = OriginKey.Header, Value = _args.OriginKey } },
        CustomOriginConfig = Tls(),
    };

    private static DistributionOriginCustomOriginConfigArgs Tls() => new()
    {
        HttpPort = 80,
        HttpsPort = 443,
        OriginProtocolPolicy = "https-only",
        OriginSslProtocols = { "TLSv1.2" },
        OriginReadTimeout = 30,
        // Handshakes cost a round trip to another continent; the load balancers keep idle connections for 60 s.
        OriginKeepaliveTimeout = 55,
    };

    private DistributionOrderedCacheBehaviorArgs Embeddings(EdgePolicies policies)
    {
        var behaviour = new DistributionOrderedCacheBehaviorArgs
        {
            PathPattern = ServiceEndpoints.Embed,
            TargetOriginId = ClusterOrigin,
            AllowedMethods = AllMethods,
            CachedMethods = { "GET", "HEAD" },
            ViewerProtocolPolicy = "https-only",
            Compress = true,
            CachePolicyId = policies.Live,
            OriginRequestPolicyId = policies.ToOrigin,
            ResponseHeadersPolicyId = policies.SecurityHeaders,
            FunctionAssociations = { new DistributionOrderedCacheBehaviorFunctionAssociationArgs { EventType = "viewer-request", FunctionArn = _args.ViewerFunctionArn } },
        };
        foreach (var edgeEvent in _args.EdgeFunction.Events)
        {
            behaviour.LambdaFunctionAssociations.Add(new DistributionOrderedCacheBehaviorLambdaFunctionAssociationArgs
            {
                EventType = edgeEvent == EdgeEvent.OriginRequest ? "origin-request" : "origin-response",
                IncludeBody = edgeEvent == EdgeEvent.OriginRequest,
                LambdaArn = _args.EdgeFunction.VersionArn,
            });
        }

        return behaviour;
    }

    private DistributionOrderedCacheBehaviorArgs Documents(EdgePolicies policies) => new()
    {
        PathPattern = "/openapi/*",
        TargetOriginId = _args.HasStandby ? ReadOrigins : ClusterOrigin,
        AllowedMethods = ReadMethods,
        CachedMethods = { "GET", "HEAD" },
        ViewerProtocolPolicy = "https-only",
        Compress = true,
        CachePolicyId = policies.CachedReads,
        ResponseHeadersPolicyId = policies.SecurityHeaders,
    };
}
