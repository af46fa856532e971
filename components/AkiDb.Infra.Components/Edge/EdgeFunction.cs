using System.Collections.Immutable;
using AkiDb.Infra.Components.Identity;
using Pulumi;
using Aws = Pulumi.Aws;

namespace AkiDb.Infra.Components.Edge;

/// <summary>Settings of an <see cref="EdgeFunction"/>.</summary>
public sealed class EdgeFunctionArgs : ResourceArgs
{
    /// <summary>The account, 12 digits.</summary>
    public required string AccountId { get; init; }

    /// <summary>Name in AWS, e.g. <c>akidb-prod-edge</c>; the log groups of every region are named after it.</summary>
    public required string FunctionName { get; init; }

    /// <summary>Region of the provider that declares it; only us-east-1 is taken.</summary>
    public string Region { get; init; } = EdgeNames.Region;

    /// <summary>How it is set up. Default: Node.js 22 with 128 MB and 5 s, far above what hashing one megabyte takes.</summary>
    public FunctionSettings Settings { get; init; } = new() { Runtime = "nodejs22.x" };

    /// <summary>What it runs on. Default: on the way to the origin and back.</summary>
    public ImmutableArray<EdgeEvent> Events { get; init; } = [EdgeEvent.OriginRequest, EdgeEvent.OriginResponse];

    /// <summary>Regions whose edge locations log here, each with its key. CloudFront logs where it ran the function; a group that
    /// nobody made before is made by Lambda, kept for ever and under no key of ours.</summary>
    public required ImmutableArray<(EdgeLocation Location, Input<string> LogKeyArn)> LogRegions { get; init; }

    /// <summary>How long logs are kept, in days.</summary>
    public required int LogRetentionDays { get; init; }
}

/// <summary>
/// The Lambda@Edge function before the origins of the embedding path: it hashes the body, which CloudFront needs to sign a POST
/// for a function URL, and emits the edge's metrics (runtime/edge/origin). Refuses whatever the edge lacks.
/// </summary>
public sealed class EdgeFunction : ComponentResource
{
    private readonly string _name;
    private readonly EdgeFunctionArgs _args;

    /// <summary>Declares function, role and log groups.</summary>
    /// <exception cref="ArgumentException">A setting that Lambda@Edge does not have; the message lists all of them.</exception>
    public EdgeFunction(string name, EdgeFunctionArgs args, ComponentResourceOptions? options = null)
        : base("akidb:edge:EdgeFunction", name, args, options)
    {
        (_name, _args) = (name, args);
        var component = $"EdgeFunction '{name}'";
        var broken = EdgeRestrictions.Broken(args.Settings, args.Region, args.Events).ToList();
        if (broken.Count > 0)
            throw new ArgumentException($"{component}: Lambda@Edge refuses this function: {string.Join("; ", broken)}.", nameof(args));
        ComponentArgument.OneOf(component, nameof(args.LogRetentionDays), args.LogRetentionDays, LogRetention.AllowedDays);

        CreateLogGroups();
        var function = CreateFunction(CreateRole());
        VersionArn = function.QualifiedArn;
        RegisterOutputs(new Dictionary<string, object?> { ["versionArn"] = VersionArn });
    }

    /// <summary>ARN of the published version, with its number: CloudFront takes neither $LATEST nor an alias.</summary>
    public Output<string> VersionArn { get; }

    /// <summary>What it runs on.</summary>
    public ImmutableArray<EdgeEvent> Events => _args.Events;

    private void CreateLogGroups()
    {
        foreach (var (location, key) in _args.LogRegions)
        {
            _ = new Aws.CloudWatch.LogGroup($"{_name}-{location.Region}", new Aws.CloudWatch.LogGroupArgs
            {
                Name = LogGroupName(_args.FunctionName),
                RetentionInDays = _args.LogRetentionDays,
                KmsKeyId = key,
            }, new CustomResourceOptions { Parent = this, Provider = location.Provider });
        }
    }

    /// <summary>The group of a function's logs, the same in every region that runs it (CloudFront developer guide, "Edge function
    /// logs", read 2026-11).</summary>
    public static string LogGroupName(string functionName) => $"/aws/lambda/{EdgeNames.Region}.{functionName}";

    private Aws.Iam.Role CreateRole()
    {
        var role = new Aws.Iam.Role($"{_name}-role", new Aws.Iam.RoleArgs
        {
            AssumeRolePolicy = PolicyDocument.Json(new PolicyStatement
            {
                Sid = "TrustLambdaAndItsEdge",
                Actions = ["sts:AssumeRole"],
                Principals = [PolicyPrincipal.Service("lambda.amazonaws.com", "edgelambda.amazonaws.com")],
            }),
        }, new CustomResourceOptions { Parent = this });
        var group = $"arn:aws:logs:*:{_args.AccountId}:log-group:{LogGroupName(_args.FunctionName)}";
        _ = new Aws.Iam.RolePolicy($"{_name}-logs", new Aws.Iam.RolePolicyArgs
        {
            Role = role.Name,
            Policy = PolicyDocument.Json(new PolicyStatement
            {
                Sid = "WriteLogs",
                Actions = ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"],
                Resources = { group, $"{group}:*" },
            }),
        }, new CustomResourceOptions { Parent = this });
        return role;
    }

    private Aws.Lambda.Function CreateFunction(Aws.Iam.Role role) => new(_name, new Aws.Lambda.FunctionArgs
    {
        Name = _args.FunctionName,
        Description = "Hashes bodies and measures, between CloudFront and its origins",
        Role = role.Arn,
        Runtime = _args.Settings.Runtime!,
        Handler = "index.handler",
        Architectures = { "x86_64" },
        MemorySize = _args.Settings.MemoryMb,
        Timeout = (int)_args.Settings.Timeout.TotalSeconds,
        Code = EdgeSources.OriginPackage(),
        Publish = true,
        // Its copies in edge locations hold the function for hours after the distribution let go; deleting it fails until then.
        SkipDestroy = true,
    }, new CustomResourceOptions { Parent = this });
}
