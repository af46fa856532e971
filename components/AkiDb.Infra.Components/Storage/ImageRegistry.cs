using System.Text.Json;
using AkiDb.Infra.Components.Identity;
using Pulumi;
using Pulumi.Aws.Ecr.Inputs;
using Aws = Pulumi.Aws;

namespace AkiDb.Infra.Components.Storage;

/// <summary>
/// The account's container images: one repository each, tags that never move, a scan on every push, a key of our own, old
/// images gone by rule, and a copy in every region that runs them, made with the same rules.
/// </summary>
public sealed class ImageRegistry : ComponentResource
{
    private readonly string _name;
    private readonly ImageRegistryArgs _args;

    /// <summary>Declares the registry. There is one an account and region: its replication and scanning are set as a whole.</summary>
    /// <exception cref="ArgumentException">No image, a region twice, or a number out of range.</exception>
    public ImageRegistry(string name, ImageRegistryArgs args, ComponentResourceOptions? options = null)
        : base("akidb:storage:ImageRegistry", name, args, options)
    {
        (_name, _args) = (name, args);
        CheckArguments();

        var key = CreateKey($"{name}-key", args.HomeRegion);
        foreach (var image in args.Images)
            CreateRepository(image, key);
        _ = new Aws.Ecr.RegistryScanningConfiguration($"{name}-scanning", new Aws.Ecr.RegistryScanningConfigurationArgs
        {
            ScanType = "BASIC",
            Rules =
            {
                new RegistryScanningConfigurationRuleArgs
                {
                    ScanFrequency = "SCAN_ON_PUSH",
                    RepositoryFilters = { new RegistryScanningConfigurationRuleRepositoryFilterArgs { Filter = $"{args.Prefix}/*", FilterType = "WILDCARD" } },
                },
            },
        }, Child());
        if (!args.ReplicaRegions.IsEmpty)
            Replicate();
        RegisterOutputs();
    }

    private void CheckArguments()
    {
        var component = $"ImageRegistry '{_name}'";
        ComponentArgument.Require(!_args.Images.IsEmpty && _args.Images.Distinct().Count() == _args.Images.Length, component, nameof(_args.Images),
            string.Join(", ", _args.Images), "one image or more, none twice");
        ComponentArgument.Require(!_args.ReplicaRegions.Contains(_args.HomeRegion) && _args.ReplicaRegions.Distinct().Count() == _args.ReplicaRegions.Length,
            component, nameof(_args.ReplicaRegions), string.Join(", ", _args.ReplicaRegions), "other regions than home, none twice");
        ComponentArgument.InRange(component, nameof(_args.KeepImages), _args.KeepImages, 10, 1000);
        ComponentArgument.InRange(component, nameof(_args.KeepUntaggedDays), _args.KeepUntaggedDays, 1, 365);
    }

    // A key works in one region only; every region's copies are encrypted by its own.
    private Aws.Kms.Key CreateKey(string name, string region)
    {
        var key = new Aws.Kms.Key(name, new Aws.Kms.KeyArgs
        {
            Region = region,
            Description = $"Container images in {region}",
            EnableKeyRotation = true,
            DeletionWindowInDays = 30,
            Policy = EncryptionKey.AccountPolicy(_args.AccountId),
        }, Child());
        _ = new Aws.Kms.Alias($"{name}-alias", new Aws.Kms.AliasArgs
        {
            Region = region,
            Name = $"alias/{_args.Prefix}/images",
            TargetKeyId = key.KeyId,
        }, Child());
        return key;
    }

    private void CreateRepository(string image, Aws.Kms.Key key)
    {
        var repository = new Aws.Ecr.Repository($"{_name}-{image}", new Aws.Ecr.RepositoryArgs
        {
            Name = $"{_args.Prefix}/{image}",
            ImageTagMutability = "IMMUTABLE",
            ImageScanningConfiguration = new RepositoryImageScanningConfigurationArgs { ScanOnPush = true },
            EncryptionConfigurations = { new RepositoryEncryptionConfigurationArgs { EncryptionType = "KMS", KmsKey = key.Arn } },
        }, Child());
        _ = new Aws.Ecr.LifecyclePolicy($"{_name}-{image}", new Aws.Ecr.LifecyclePolicyArgs
        {
            Repository = repository.Name,
            Policy = LifecycleRules(),
        }, Child());
    }

    private void Replicate()
    {
        var destinations = _args.ReplicaRegions.Select(region => new ReplicationConfigurationReplicationConfigurationRuleDestinationArgs
        {
            Region = region,
            RegistryId = _args.AccountId,
        }).ToList();
        var templates = _args.ReplicaRegions.Select(CreateTemplate).ToList();
        _ = new Aws.Ecr.ReplicationConfiguration($"{_name}-replication", new Aws.Ecr.ReplicationConfigurationArgs
        {
            ReplicationConfigurationDetails = new ReplicationConfigurationReplicationConfigurationArgs
            {
                Rules =
                {
                    new ReplicationConfigurationReplicationConfigurationRuleArgs
                    {
                        Destinations = destinations,
                        RepositoryFilters =
                        {
                            new ReplicationConfigurationReplicationConfigurationRuleRepositoryFilterArgs { Filter = _args.Prefix, FilterType = "PREFIX_MATCH" },
                        },
                    },
                },
            },
            // Without its template a copy would be made with tags that move and AWS' own key.
        }, new CustomResourceOptions { Parent = this, DependsOn = templates });
    }

    private Resource CreateTemplate(string region) =>
        new Aws.Ecr.RepositoryCreationTemplate($"{_name}-{region}", new Aws.Ecr.RepositoryCreationTemplateArgs
        {
            Region = region,
            Prefix = _args.Prefix,
            AppliedFors = { "REPLICATION" },
            ImageTagMutability = "IMMUTABLE",
            EncryptionConfigurations =
            {
                new RepositoryCreationTemplateEncryptionConfigurationArgs { EncryptionType = "KMS", KmsKey = CreateKey($"{_name}-{region}-key", region).Arn },
            },
            LifecyclePolicy = LifecycleRules(),
        }, Child());

    private string LifecycleRules() => JsonSerializer.Serialize(new
    {
        rules = new object[]
        {
            new
            {
                rulePriority = 1,
                description = "Images that lost their tag",
                selection = new { tagStatus = "untagged", countType = "sinceImagePushed", countUnit = "days", countNumber = _args.KeepUntaggedDays },
                action = new { type = "expire" },
            },
            new
            {
                rulePriority = 2,
                description = "All but the newest",
                selection = new { tagStatus = "any", countType = "imageCountMoreThan", countNumber = _args.KeepImages },
                action = new { type = "expire" },
            },
        },
    });

    private CustomResourceOptions Child() => new() { Parent = this };
}
