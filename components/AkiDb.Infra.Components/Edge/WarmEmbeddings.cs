using System.Text.Json;
using AkiDb.Contracts;
using AkiDb.Infra.Components.Identity;
using Pulumi;
using Pulumi.Aws.AppAutoScaling.Inputs;
using Pulumi.Aws.Lambda.Inputs;
using Aws = Pulumi.Aws;

namespace AkiDb.Infra.Components.Edge;

/// <summary>
/// One region's warm embedding tier: the search engine in its embedding role as an arm64 container on Lambda, behind the Lambda Web
/// Adapter, with environments that are started before anyone asks, and a URL that answers CloudFront's signature only.
/// </summary>
public sealed class WarmEmbeddings : ComponentResource
{
    private const string AliasName = "warm";
    private const string KeysVariable = "AKIDB_KEY_HASHES";

    // A variable and its value of a function's environment hold 4 KB together (Lambda developer guide, "Quotas", read 2026-11); a key takes 120 bytes.
    private const int MostKeys = 30;
    private const string Dimension = "lambda:function:ProvisionedConcurrency";

    // At most so many of the warm environments busy, on average: the rest takes the next burst.
    private const double Utilisation = 0.7;

    private readonly string _name;
    private readonly WarmEmbeddingsArgs _args;
    private readonly Aws.Lambda.Alias _alias;

    /// <summary>Declares function, URL and scaling.</summary>
    /// <exception cref="ArgumentException">An image without digest, or numbers out of range.</exception>
    public WarmEmbeddings(string name, WarmEmbeddingsArgs args, ComponentResourceOptions? options = null)
        : base("akidb:edge:WarmEmbeddings", name, args, options)
    {
        (_name, _args) = (name, args);
        CheckArguments();

        var logs = new Aws.CloudWatch.LogGroup($"{name}-logs", new Aws.CloudWatch.LogGroupArgs
        {
            Name = $"/aws/lambda/{FunctionName}",
            RetentionInDays = args.LogRetentionDays,
            KmsKeyId = args.LogKeyArn,
        }, Child());
        var function = CreateFunction(CreateRole(logs), logs);
        _alias = new Aws.Lambda.Alias($"{name}-alias", new Aws.Lambda.AliasArgs
        {
            Name = AliasName,
            FunctionName = function.Name,
            FunctionVersion = function.Version,
        }, Child());
        KeepWarm();
        Host = new Aws.Lambda.FunctionUrl($"{name}-url", new Aws.Lambda.FunctionUrlArgs
        {
            FunctionName = function.Name,
            Qualifier = _alias.Name,
            AuthorizationType = "AWS_IAM",
            InvokeMode = "BUFFERED",
        }, Child()).FunctionUrlResult.Apply(url => new Uri(url).Host);
        RegisterOutputs(new Dictionary<string, object?> { ["host"] = Host });
    }

    /// <summary>AWS region.</summary>
    public string Region => _args.Location.Region;

    /// <summary>Host of the function URL.</summary>
    public Output<string> Host { get; }

    private string FunctionName => $"{_args.NamePrefix}-embed";

    /// <summary>Lets one distribution call. URLs made since October 2025 want both permissions (Lambda developer guide, "Control
    /// access to Lambda function URLs", read 2026-11).</summary>
    internal void LetIn(Input<string> distributionArn)
    {
        foreach (var (label, action) in new[] { ("url", "lambda:InvokeFunctionUrl"), ("function", "lambda:InvokeFunction") })
        {
            var permission = new Aws.Lambda.PermissionArgs
            {
                Action = action,
                Function = _alias.FunctionName,
                Qualifier = _alias.Name,
                Principal = "cloudfront.amazonaws.com",
                SourceArn = distributionArn,
            };
            if (label == "url")
                permission.FunctionUrlAuthType = "AWS_IAM";
            else
                permission.InvokedViaFunctionUrl = true;
            _ = new Aws.Lambda.Permission($"{_name}-{label}", permission, Child());
        }
    }

    private void CheckArguments()
    {
        var component = $"WarmEmbeddings '{_name}'";
        ComponentArgument.Require(_args.Image.Contains("@sha256:", StringComparison.Ordinal), component, nameof(_args.Image), _args.Image, "an image by digest (…@sha256:…)");
        ComponentArgument.InRange(component, nameof(_args.MemoryMb), _args.MemoryMb, 256, 10_240);
        ComponentArgument.OneOf(component, nameof(_args.LogRetentionDays), _args.LogRetentionDays, LogRetention.AllowedDays);
        ComponentArgument.InRange(component, nameof(_args.MostWarm), _args.MostWarm, 1, 1_000);
        ComponentArgument.InRange(component, nameof(_args.LeastWarm), _args.LeastWarm, 1, _args.MostWarm);
        ComponentArgument.InRange(component, $"number of {nameof(_args.KeyHashes)}", _args.KeyHashes.Count, 1, MostKeys);
        if (_args.Busy is { } busy)
            ComponentArgument.InRange(component, nameof(_args.Busy), busy.Environments, _args.LeastWarm, _args.MostWarm);
    }

    private Aws.Iam.Role CreateRole(Aws.CloudWatch.LogGroup logs)
    {
        var role = new Aws.Iam.Role($"{_name}-role", new Aws.Iam.RoleArgs { AssumeRolePolicy = TrustPolicy.ForService("lambda.amazonaws.com") }, Child());
        _ = new Aws.Iam.RolePolicy($"{_name}-access", new Aws.Iam.RolePolicyArgs
        {
            Role = role.Name,
            Policy = PolicyDocument.Json(
                // Nothing else: the model comes with the image.
                new PolicyStatement { Sid = "WriteLogs", Actions = ["logs:CreateLogStream", "logs:PutLogEvents"], Resources = { Output.Format($"{logs.Arn}:*") } }),
        }, Child());
        return role;
    }

    private Aws.Lambda.Function CreateFunction(Aws.Iam.Role role, Aws.CloudWatch.LogGroup logs) => new(_name, new Aws.Lambda.FunctionArgs
    {
        Name = FunctionName,
        Description = "Embeds short texts, warm",
        Role = role.Arn,
        PackageType = "Image",
        ImageUri = _args.Image,
        ImageConfig = new FunctionImageConfigArgs { Commands = { "serve", "--role", "embed", "--keys", $"env:{KeysVariable}" } },
        Architectures = { "arm64" },
        MemorySize = _args.MemoryMb,
        Timeout = 30,
        Publish = true,
        Environment = new FunctionEnvironmentArgs
        {
            Variables =
            {
                // The adapter's settings (aws-lambda-web-adapter, "Configurations", read 2026-11): where the engine listens, and when it
                // counts as started.
                ["AWS_LWA_PORT"] = $"{ServiceEndpoints.Port}",
                ["AWS_LWA_READINESS_CHECK_PATH"] = ServiceEndpoints.Ready,
                [KeysVariable] = KeyFile(),
            },
        },
    }, new CustomResourceOptions { Parent = this, DependsOn = { logs } });

    // As the search engine reads it. Every key may read and nothing else: there is nothing else here.
    private string KeyFile() => JsonSerializer.Serialize(new
    {
        keys = _args.KeyHashes.Select(key => new { id = key.Key, sha256 = key.Value, scopes = new[] { "read" } }),
    });

    private void KeepWarm()
    {
        var provisioned = new Aws.Lambda.ProvisionedConcurrencyConfig($"{_name}-warm", new Aws.Lambda.ProvisionedConcurrencyConfigArgs
        {
            FunctionName = _alias.FunctionName,
            Qualifier = _alias.Name,
            ProvisionedConcurrentExecutions = _args.LeastWarm,
            // Scaling owns the number from here on.
        }, new CustomResourceOptions { Parent = this, IgnoreChanges = ["provisionedConcurrentExecutions"] });
        var target = new Aws.AppAutoScaling.Target($"{_name}-scaling", new Aws.AppAutoScaling.TargetArgs
        {
            ServiceNamespace = "lambda",
            ScalableDimension = Dimension,
            ResourceId = Output.Format($"function:{_alias.FunctionName}:{_alias.Name}"),
            MinCapacity = _args.LeastWarm,
            MaxCapacity = _args.MostWarm,
            // A schedule changes both bounds; they are what it says until the next change of the program.
        }, new CustomResourceOptions { Parent = this, DependsOn = { provisioned }, IgnoreChanges = _args.Busy is null ? [] : ["minCapacity", "maxCapacity"] });
        _ = new Aws.AppAutoScaling.Policy($"{_name}-follow", new Aws.AppAutoScaling.PolicyArgs
        {
            Name = $"{FunctionName}-follow",
            PolicyType = "TargetTrackingScaling",
            ServiceNamespace = target.ServiceNamespace,
            ScalableDimension = target.ScalableDimension,
            ResourceId = target.ResourceId,
            TargetTrackingScalingPolicyConfiguration = new PolicyTargetTrackingScalingPolicyConfigurationArgs
            {
                TargetValue = Utilisation,
                PredefinedMetricSpecification = new PolicyTargetTrackingScalingPolicyConfigurationPredefinedMetricSpecificationArgs
                {
                    PredefinedMetricType = "LambdaProvisionedConcurrencyUtilization",
                },
            },
        }, Child());
        if (_args.Busy is { } busy)
        {
            Schedule(target, "busy", busy.From, busy.Environments);
            Schedule(target, "quiet", busy.Until, _args.LeastWarm);
        }
    }

    private void Schedule(Aws.AppAutoScaling.Target target, string label, string cron, int least) =>
        _ = new Aws.AppAutoScaling.ScheduledAction($"{_name}-{label}", new Aws.AppAutoScaling.ScheduledActionArgs
        {
            Name = $"{FunctionName}-{label}",
            ServiceNamespace = target.ServiceNamespace,
            ScalableDimension = target.ScalableDimension,
            ResourceId = target.ResourceId,
            Schedule = cron,
            Timezone = "UTC",
            ScalableTargetAction = new ScheduledActionScalableTargetActionArgs { MinCapacity = least, MaxCapacity = _args.MostWarm },
        }, Child());

    private CustomResourceOptions Child() => new() { Parent = this };
}
