using AkiDb.Infra.Components.Identity;
using Pulumi;
using Aws = Pulumi.Aws;
using AwsNative = Pulumi.AwsNative;

namespace AkiDb.Infra.Components.Observability;

/// <summary>Settings of <see cref="XRaySettings"/>.</summary>
public sealed class XRaySettingsArgs : ResourceArgs
{
    /// <summary>The account, 12 digits.</summary>
    public required string AccountId { get; init; }

    /// <summary>AWS region.</summary>
    public required string Region { get; init; }

    /// <summary>First part of the names of groups and rules, e.g. <c>akidb-prod</c>.</summary>
    public required string NamePrefix { get; init; }

    /// <summary>From when on a trace is slow, 1 to 60,000 ms. Default: 100 (specification W15).</summary>
    public int SlowMilliseconds { get; init; } = 100;

    /// <summary>Turns Transaction Search on in this account and region and indexes this share of the spans, 1 to 100 percent; 1 is free.
    /// Null leaves the account as it is: another environment turned it on, or nobody. Default: null.</summary>
    public int? IndexPercent { get; init; }
}

/// <summary>
/// What X-Ray is told in one region: groups, sampling rules, and Transaction Search. All of it belongs to the account and the region,
/// so an environment declares it once a region, however many clusters stand there.
/// </summary>
public sealed class XRaySettings : ComponentResource
{
    private readonly string _name;
    private readonly XRaySettingsArgs _args;

    /// <summary>Declares groups and rules, and turns Transaction Search on where that is wanted.</summary>
    /// <exception cref="ArgumentException">A number out of range.</exception>
    public XRaySettings(string name, XRaySettingsArgs args, ComponentResourceOptions? options = null)
        : base("akidb:observability:XRaySettings", name, args, options)
    {
        (_name, _args) = (name, args);
        var component = $"XRaySettings '{name}'";
        ComponentArgument.InRange(component, nameof(args.SlowMilliseconds), args.SlowMilliseconds, 1, 60_000);
        if (args.IndexPercent is { } share)
            ComponentArgument.InRange(component, nameof(args.IndexPercent), share, 1, 100);

        CreateGroup("errors", "error = true OR fault = true");
        CreateGroup("slow", FormattableString.Invariant($"responsetime > {args.SlowMilliseconds / 1000.0}"));
        // Decided before the outcome is known, and only for those who ask X-Ray: nobody needs traces of probes, and all others are
        // recorded wholly, because the collectors decide at the end.
        CreateRule("probes", 100, "/healthz/*", rate: 0);
        CreateRule("services", 1000, "*", rate: 1);
        if (args.IndexPercent is { } percent)
            TurnTransactionSearchOn(percent);
        RegisterOutputs();
    }

    private void CreateGroup(string group, string filter) => _ = new Aws.Xray.Group($"{_name}-{group}", new Aws.Xray.GroupArgs
    {
        GroupName = $"{_args.NamePrefix}-{group}",
        FilterExpression = filter,
    }, new CustomResourceOptions { Parent = this });

    private void CreateRule(string rule, int priority, string path, double rate) => _ = new Aws.Xray.SamplingRule($"{_name}-{rule}", new Aws.Xray.SamplingRuleArgs
    {
        RuleName = $"{_args.NamePrefix}-{rule}",
        Priority = priority,
        FixedRate = rate,
        ReservoirSize = 0,
        ServiceName = "akidb-*",
        UrlPath = path,
        Host = "*",
        HttpMethod = "*",
        ServiceType = "*",
        ResourceArn = "*",
        Version = 1,
    }, new CustomResourceOptions { Parent = this });

    private void TurnTransactionSearchOn(int percent)
    {
        var policy = new Aws.CloudWatch.LogResourcePolicy($"{_name}-spans", new Aws.CloudWatch.LogResourcePolicyArgs
        {
            PolicyName = "akidb-transaction-search",
            PolicyDocument = PolicyDocument.Json(new PolicyStatement
            {
                Sid = "XRayWritesSpans",
                Actions = ["logs:PutLogEvents"],
                Resources =
                {
                    $"arn:aws:logs:{_args.Region}:{_args.AccountId}:log-group:aws/spans:*",
                    $"arn:aws:logs:{_args.Region}:{_args.AccountId}:log-group:/aws/application-signals/data:*",
                },
                Principals = [PolicyPrincipal.Service("xray.amazonaws.com")],
                Conditions =
                [
                    new PolicyCondition("ArnLike", "aws:SourceArn", $"arn:aws:xray:{_args.Region}:{_args.AccountId}:*"),
                    new PolicyCondition("StringEquals", "aws:SourceAccount", _args.AccountId),
                ],
            }),
        }, new CustomResourceOptions { Parent = this });
        _ = new AwsNative.XRay.TransactionSearchConfig($"{_name}-search", new AwsNative.XRay.TransactionSearchConfigArgs
        {
            IndexingPercentage = percent,
        }, new CustomResourceOptions { Parent = this, DependsOn = { policy } });
    }
}
