using System.Collections.Immutable;
using Pulumi;
using Pulumi.Aws.WafV2.Inputs;
using Aws = Pulumi.Aws;

namespace AkiDb.Infra.Components.Edge;

/// <summary>Settings of an <see cref="EdgeFirewall"/>.</summary>
public sealed class EdgeFirewallArgs : ResourceArgs
{
    /// <summary>First part of every name, e.g. <c>akidb-prod</c>.</summary>
    public required string NamePrefix { get; init; }

    /// <summary>Most requests of one address in five minutes, 100 to 2,000,000,000.</summary>
    public required int RequestsPerAddress { get; init; }
}

/// <summary>
/// The web ACL before CloudFront: AWS' rules against known bad addresses and requests, and a limit on what one address may ask.
/// Rules that read bodies only count: the bodies are texts to embed, and a text about an attack is no attack; the common set would
/// also refuse every body above 8 KB.
/// </summary>
public sealed class EdgeFirewall : ComponentResource
{
    // Names of the rules: AWS WAF developer guide, "AWS Managed Rules rule groups list", read 2026-11.
    private static readonly ImmutableArray<(string Group, ImmutableArray<string> OnlyCounted)> Managed =
    [
        ("AWSManagedRulesAmazonIpReputationList", []),
        ("AWSManagedRulesCommonRuleSet", ["SizeRestrictions_BODY", "EC2MetaDataSSRF_BODY", "CrossSiteScripting_BODY", "GenericLFI_BODY", "GenericRFI_BODY"]),
        ("AWSManagedRulesKnownBadInputsRuleSet", ["Log4JRCE_BODY", "JavaDeserializationRCE_BODY", "ReactJSRCE_BODY"]),
    ];

    /// <summary>Declares the web ACL; its provider must be us-east-1's.</summary>
    /// <exception cref="ArgumentException">A limit that WAF does not take.</exception>
    public EdgeFirewall(string name, EdgeFirewallArgs args, ComponentResourceOptions? options = null)
        : base("akidb:edge:EdgeFirewall", name, args, options)
    {
        ComponentArgument.InRange($"EdgeFirewall '{name}'", nameof(args.RequestsPerAddress), args.RequestsPerAddress, 100, 2_000_000_000);
        var acl = new Aws.WafV2.WebAclArgs
        {
            Name = $"{args.NamePrefix}-edge",
            Scope = "CLOUDFRONT",
            DefaultAction = new WebAclDefaultActionArgs { Allow = new WebAclDefaultActionAllowArgs() },
            VisibilityConfig = new WebAclVisibilityConfigArgs
            {
                MetricName = $"{args.NamePrefix}-edge",
                CloudwatchMetricsEnabled = true,
                SampledRequestsEnabled = true,
            },
        };
        acl.Rules.Add(RateLimit(args.RequestsPerAddress));
        foreach (var (group, onlyCounted) in Managed)
            acl.Rules.Add(ManagedRule(group, onlyCounted, priority: Managed.IndexOf((group, onlyCounted)) + 1));

        Arn = new Aws.WafV2.WebAcl(name, acl, new CustomResourceOptions { Parent = this }).Arn;
        RegisterOutputs(new Dictionary<string, object?> { ["arn"] = Arn });
    }

    /// <summary>ARN of the web ACL.</summary>
    public Output<string> Arn { get; }

    private static WebAclRuleArgs RateLimit(int limit) => new()
    {
        Name = "rate-limit",
        Priority = 0,
        Action = new WebAclRuleActionArgs { Block = new WebAclRuleActionBlockArgs() },
        Statement = new WebAclRuleStatementArgs
        {
            RateBasedStatement = new WebAclRuleStatementRateBasedStatementArgs { Limit = limit, AggregateKeyType = "IP", EvaluationWindowSec = 300 },
        },
        VisibilityConfig = Visibility("rate-limit"),
    };

    private static WebAclRuleArgs ManagedRule(string group, ImmutableArray<string> onlyCounted, int priority)
    {
        var statement = new WebAclRuleStatementManagedRuleGroupStatementArgs { VendorName = "AWS", Name = group };
        foreach (var rule in onlyCounted)
        {
            statement.RuleActionOverrides.Add(new WebAclRuleStatementManagedRuleGroupStatementRuleActionOverrideArgs
            {
                Name = rule,
                ActionToUse = new WebAclRuleStatementManagedRuleGroupStatementRuleActionOverrideActionToUseArgs
                {
                    Count = new WebAclRuleStatementManagedRuleGroupStatementRuleActionOverrideActionToUseCountArgs(),
                },
            });
        }

        return new WebAclRuleArgs
        {
            Name = group,
            Priority = priority,
            OverrideAction = new WebAclRuleOverrideActionArgs { None = new WebAclRuleOverrideActionNoneArgs() },
            Statement = new WebAclRuleStatementArgs { ManagedRuleGroupStatement = statement },
            VisibilityConfig = Visibility(group),
        };
    }

    private static WebAclRuleVisibilityConfigArgs Visibility(string metric) =>
        new() { MetricName = metric, CloudwatchMetricsEnabled = true, SampledRequestsEnabled = true };
}
