using System.Collections.Immutable;
using AkiDb.Infra.Components.Identity;
using Pulumi;
using Pulumi.Aws.Route53.Inputs;
using Aws = Pulumi.Aws;

namespace AkiDb.Infra.Components.Edge;

/// <summary>Settings of a <see cref="GlobalDns"/>.</summary>
public sealed class GlobalDnsArgs : ResourceArgs
{
    /// <summary>The account, 12 digits.</summary>
    public required string AccountId { get; init; }

    /// <summary>Name of the zone, e.g. <c>akidb.example.com</c>. Its parent must delegate to <see cref="GlobalDns.NameServers"/>.</summary>
    public required string Domain { get; init; }

    /// <summary>How long queries are kept, in days; one of the periods that CloudWatch Logs knows.</summary>
    public required int QueryLogRetentionDays { get; init; }

    /// <summary>ARN of the KMS key for the query log, in us-east-1.</summary>
    [Input("logKeyArn", required: true)]
    public required Input<string> LogKeyArn { get; init; }

    /// <summary>Sign the zone. The parent zone needs the DS record afterwards; before that the signature only costs answers' size.
    /// Default: true.</summary>
    public bool Dnssec { get; init; } = true;
}

/// <summary>
/// The environment's public zone: which authority may issue certificates for it, a log of what is asked, and signatures. All of
/// it stands in us-east-1, where Route 53 wants query logs and signing keys.
/// </summary>
public sealed class GlobalDns : ComponentResource
{
    // Amazon's certificate authorities (ACM user guide, "Configure a CAA record", read 2026-11).
    private static readonly ImmutableArray<string> Issuers = ["amazon.com", "amazontrust.com", "awstrust.com", "amazonaws.com"];

    private readonly string _name;
    private readonly GlobalDnsArgs _args;

    /// <summary>Declares the zone.</summary>
    /// <exception cref="ArgumentException">A domain that is none, or a period that CloudWatch Logs does not know.</exception>
    public GlobalDns(string name, GlobalDnsArgs args, ComponentResourceOptions? options = null)
        : base("akidb:edge:GlobalDns", name, args, options)
    {
        (_name, _args) = (name, args);
        var component = $"GlobalDns '{name}'";
        ComponentArgument.Require(Uri.CheckHostName(args.Domain) == UriHostNameType.Dns && args.Domain.Contains('.'), component,
            nameof(args.Domain), args.Domain, "a DNS name of two labels or more, such as akidb.example.com");
        ComponentArgument.OneOf(component, nameof(args.QueryLogRetentionDays), args.QueryLogRetentionDays, LogRetention.AllowedDays);

        var zone = new Aws.Route53.Zone(name, new Aws.Route53.ZoneArgs { Name = args.Domain, Comment = "AkiDB" }, Child());
        _ = new Aws.Route53.Record($"{name}-caa", new Aws.Route53.RecordArgs
        {
            ZoneId = zone.ZoneId,
            Name = args.Domain,
            Type = Aws.Route53.RecordType.CAA,
            Records = Issuers.Select(issuer => $"0 issue \"{issuer}\"").Append("0 issuewild \"amazon.com\"").ToList(),
            Ttl = 3600,
        }, Child());
        CreateQueryLog(zone);
        if (args.Dnssec)
            Sign(zone);

        ZoneId = zone.ZoneId;
        NameServers = zone.NameServers;
        RegisterOutputs(new Dictionary<string, object?> { ["zoneId"] = ZoneId, ["nameServers"] = NameServers });
    }

    /// <summary>Id of the zone.</summary>
    public Output<string> ZoneId { get; }

    /// <summary>What the parent zone delegates to.</summary>
    public Output<ImmutableArray<string>> NameServers { get; }

    /// <summary>Lets <paramref name="name"/> answer with <paramref name="distribution"/>, on IPv4 and IPv6.</summary>
    public void PointTo(string name, Aws.CloudFront.Distribution distribution)
    {
        foreach (var type in new[] { Aws.Route53.RecordType.A, Aws.Route53.RecordType.AAAA })
        {
            _ = new Aws.Route53.Record($"{_name}-api-{type}", new Aws.Route53.RecordArgs
            {
                ZoneId = ZoneId,
                Name = name,
                Type = type,
                Aliases =
                {
                    new RecordAliasArgs
                    {
                        Name = distribution.DomainName,
                        ZoneId = distribution.HostedZoneId,
                        // CloudFront is no target that Route 53 can judge.
                        EvaluateTargetHealth = false,
                    },
                },
            }, Child());
        }
    }

    private void CreateQueryLog(Aws.Route53.Zone zone)
    {
        var group = new Aws.CloudWatch.LogGroup($"{_name}-queries", new Aws.CloudWatch.LogGroupArgs
        {
            Name = $"/aws/route53/{_args.Domain}",
            RetentionInDays = _args.QueryLogRetentionDays,
            KmsKeyId = _args.LogKeyArn,
        }, Child());
        var policy = new Aws.CloudWatch.LogResourcePolicy($"{_name}-queries", new Aws.CloudWatch.LogResourcePolicyArgs
        {
            PolicyName = $"route53-{_args.Domain}",
            PolicyDocument = PolicyDocument.Json(new PolicyStatement
            {
                Sid = "WriteQueries",
                Actions = ["logs:CreateLogStream", "logs:PutLogEvents"],
                Resources = { Output.Format($"{group.Arn}:*") },
                Principals = [PolicyPrincipal.Service("route53.amazonaws.com")],
                Conditions = [new PolicyCondition("StringEquals", "aws:SourceAccount", _args.AccountId)],
            }),
        }, Child());
        _ = new Aws.Route53.QueryLog($"{_name}-queries", new Aws.Route53.QueryLogArgs { ZoneId = zone.ZoneId, CloudwatchLogGroupArn = group.Arn },
            new CustomResourceOptions { Parent = this, DependsOn = { policy } });
    }

    // Route 53 signs with an elliptic-curve key that cannot rotate by itself (Route 53 developer guide, "Working with customer
    // managed keys for DNSSEC", read 2026-11).
    private void Sign(Aws.Route53.Zone zone)
    {
        var dnssec = new PolicyStatement
        {
            Sid = "SignZone",
            Actions = ["kms:DescribeKey", "kms:GetPublicKey", "kms:Sign"],
            Resources = { "*" },
            Principals = [PolicyPrincipal.Service("dnssec-route53.amazonaws.com")],
            Conditions = [new PolicyCondition("StringEquals", "aws:SourceAccount", _args.AccountId)],
        };
        var grant = new PolicyStatement
        {
            Sid = "LetRoute53Grant",
            Actions = ["kms:CreateGrant"],
            Resources = { "*" },
            Principals = [PolicyPrincipal.Service("dnssec-route53.amazonaws.com")],
            Conditions = [new PolicyCondition("Bool", "kms:GrantIsForAWSResource", "true"), new PolicyCondition("StringEquals", "aws:SourceAccount", _args.AccountId)],
        };
        var key = new Aws.Kms.Key($"{_name}-signing", new Aws.Kms.KeyArgs
        {
            Description = $"Signs {_args.Domain}",
            CustomerMasterKeySpec = "ECC_NIST_P256",
            KeyUsage = "SIGN_VERIFY",
            DeletionWindowInDays = 30,
            Policy = PolicyDocument.Json(EncryptionKey.AccountStatement(_args.AccountId), dnssec, grant),
        }, Child());
        var signing = new Aws.Route53.KeySigningKey($"{_name}-signing", new Aws.Route53.KeySigningKeyArgs
        {
            HostedZoneId = zone.ZoneId,
            KeyManagementServiceArn = key.Arn,
            Name = "akidb",
            Status = "ACTIVE",
        }, Child());
        _ = new Aws.Route53.HostedZoneDnsSec($"{_name}-signed", new Aws.Route53.HostedZoneDnsSecArgs { HostedZoneId = zone.ZoneId },
            new CustomResourceOptions { Parent = this, DependsOn = { signing } });
    }

    private CustomResourceOptions Child() => new() { Parent = this };
}
