using AkiDb.Infra.Components.Identity;
using AkiDb.Infra.Components.Storage;
using AkiDb.Infra.Components.Workloads;
using Pulumi;
using Aws = Pulumi.Aws;

namespace AkiDb.Infra.Bootstrap;

/// <summary>What an account needs before any environment can be deployed into it.</summary>
public sealed class BootstrapStack : Stack
{
    /// <summary>The stack that the Pulumi engine asks for.</summary>
    public BootstrapStack()
        : this(BootstrapSettings.FromEngine(), null)
    {
    }

    /// <summary>The stack of <paramref name="settings"/>.</summary>
    public BootstrapStack(BootstrapSettings settings, StackOptions? options)
        : base(options)
    {
        var provider = new Aws.Provider(settings.HomeRegion, new Aws.ProviderArgs
        {
            Region = settings.HomeRegion,
            AllowedAccountIds = { settings.AccountId },
            DefaultTags = new Aws.Inputs.ProviderDefaultTagsArgs
            {
                Tags = settings.Tags.SetItem("project", "akidb").SetItem("environment", "shared").SetItem("managed-by", "pulumi").ToDictionary(),
            },
        });
        var shared = new ComponentResourceOptions { Provider = provider };

        var state = new StateBackend("state", new StateBackendArgs { AccountId = settings.AccountId }, shared);
        var deploy = new DeployIdentity("identity", new DeployIdentityArgs
        {
            Repository = settings.Repository,
            Environments = settings.Environments,
            ImageRepositoriesArn = $"arn:aws:ecr:{settings.HomeRegion}:{settings.AccountId}:repository/akidb/*",
            StateBucketArn = state.BucketArn,
            StateKeyArn = state.KeyArn,
        }, shared);
        _ = new ImageRegistry("images", new ImageRegistryArgs
        {
            AccountId = settings.AccountId,
            HomeRegion = settings.HomeRegion,
            ReplicaRegions = settings.ReplicaRegions,
            Images = ImageNames.Own,
        }, shared);

        StateBucket = state.BucketName;
        SecretsKey = state.KeyArn;
        DeployRole = deploy.DeployRoleArn;
        PreviewRole = deploy.PreviewRoleArn;
    }

    /// <summary>For <c>pulumi login s3://NAME</c>.</summary>
    [Output("stateBucket")]
    public Output<string> StateBucket { get; private set; }

    /// <summary>For <c>pulumi stack init --secrets-provider awskms:///ARN</c>.</summary>
    [Output("secretsKey")]
    public Output<string> SecretsKey { get; private set; }

    /// <summary>Role of the deploy workflow's approved job.</summary>
    [Output("deployRole")]
    public Output<string> DeployRole { get; private set; }

    /// <summary>Role of the deploy workflow's plan job.</summary>
    [Output("previewRole")]
    public Output<string> PreviewRole { get; private set; }
}
