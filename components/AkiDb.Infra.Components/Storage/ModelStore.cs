using System.Collections.Immutable;
using AkiDb.Infra.Components.Identity;
using Pulumi;
using Aws = Pulumi.Aws;

namespace AkiDb.Infra.Components.Storage;

/// <summary>
/// Where models and index snapshots are kept: one bucket a region, the first of which takes the writes and copies them to the
/// others, so that a service starts from its own region.
/// </summary>
public sealed class ModelStore : ComponentResource
{
    private readonly string _name;

    /// <summary>Declares the buckets and the copying between them.</summary>
    /// <exception cref="ArgumentException">No region, a region twice, or days out of range.</exception>
    public ModelStore(string name, ModelStoreArgs args, ComponentResourceOptions? options = null)
        : base("akidb:storage:ModelStore", name, args, options)
    {
        _name = name;
        CheckArguments(args);

        var buckets = args.Locations.Select(location => new ModelBucket($"{name}-{location.Region}", location, args,
            new ComponentResourceOptions { Parent = this, Provider = location.Provider })).ToImmutableArray();
        if (buckets.Length > 1)
            Replicate(buckets[0], buckets[1..], args.Locations);

        BucketNames = args.Locations.Zip(buckets).ToImmutableSortedDictionary(
            pair => pair.First.Region, pair => pair.Second.Id, StringComparer.Ordinal);
        KeyArns = args.Locations.Zip(buckets).ToImmutableSortedDictionary(
            pair => pair.First.Region, pair => pair.Second.Key.Arn, StringComparer.Ordinal);
        RegisterOutputs(BucketNames.ToDictionary(bucket => bucket.Key, bucket => (object?)bucket.Value));
    }

    /// <summary>Bucket name by region.</summary>
    public ImmutableSortedDictionary<string, Output<string>> BucketNames { get; }

    /// <summary>ARN of the bucket's key by region.</summary>
    public ImmutableSortedDictionary<string, Output<string>> KeyArns { get; }

    private void CheckArguments(ModelStoreArgs args)
    {
        var component = $"ModelStore '{_name}'";
        var regions = args.Locations.Select(location => location.Region).ToList();
        ComponentArgument.Require(regions.Count > 0 && regions.Distinct().Count() == regions.Count,
            component, nameof(args.Locations), string.Join(", ", regions), "one region or more, none twice");
        ComponentArgument.InRange(component, nameof(args.ColdAfterDays), args.ColdAfterDays, 0, 3650);
        ComponentArgument.InRange(component, nameof(args.KeepOldVersionsDays), args.KeepOldVersionsDays, 1, 3650);
    }

    private void Replicate(ModelBucket home, ImmutableArray<ModelBucket> copies, ImmutableArray<ModelStoreLocation> locations)
    {
        var options = new CustomResourceOptions { Parent = this, Provider = locations[0].Provider };
        var role = new Aws.Iam.Role($"{_name}-replication-role", new Aws.Iam.RoleArgs
        {
            AssumeRolePolicy = TrustPolicy.ForService("s3.amazonaws.com"),
        }, options);
        var policy = new Aws.Iam.RolePolicy($"{_name}-replication-policy", new Aws.Iam.RolePolicyArgs
        {
            Role = role.Name,
            Policy = PolicyDocument.Json(
                new PolicyStatement
                {
                    Sid = "ReadHomeBucket",
                    Actions = ["s3:GetReplicationConfiguration", "s3:ListBucket"],
                    Resources = { home.Arn },
                },
                new PolicyStatement
                {
                    Sid = "ReadModels",
                    Actions = ["s3:GetObjectVersionForReplication", "s3:GetObjectVersionAcl", "s3:GetObjectVersionTagging"],
                    Resources = { Output.Format($"{home.Arn}/*") },
                },
                new PolicyStatement
                {
                    Sid = "WriteCopies",
                    Actions = ["s3:ReplicateObject", "s3:ReplicateDelete", "s3:ReplicateTags"],
                    Resources = copies.Select(copy => Output.Format($"{copy.Arn}/*")).ToList(),
                },
                new PolicyStatement { Sid = "DecryptModels", Actions = ["kms:Decrypt"], Resources = { home.Key.Arn } },
                new PolicyStatement
                {
                    Sid = "EncryptCopies",
                    Actions = ["kms:Encrypt"],
                    Resources = copies.Select(copy => copy.Key.Arn).ToList(),
                }),
        }, options);

        var rules = new Aws.S3.BucketReplicationConfigArgs { Bucket = home.Id, Role = role.Arn };
        foreach (var (copy, index) in copies.Select((copy, index) => (copy, index)))
            rules.Rules.Add(Rule(copy, locations[index + 1].Region, priority: index + 1));

        // Replication is refused unless versions are on at both ends.
        var ready = new List<Resource> { policy, home.Versioning };
        ready.AddRange(copies.Select(copy => copy.Versioning));
        _ = new Aws.S3.BucketReplicationConfig($"{_name}-replication", rules,
            new CustomResourceOptions { Parent = this, Provider = locations[0].Provider, DependsOn = ready });
    }

    private static Aws.S3.Inputs.BucketReplicationConfigRuleArgs Rule(ModelBucket copy, string region, int priority) => new()
    {
        Id = $"to-{region}",
        Status = "Enabled",
        Priority = priority,
        Filter = new Aws.S3.Inputs.BucketReplicationConfigRuleFilterArgs { Prefix = "" },
        // A model deleted at home stays readable in the other regions until someone deletes it there too.
        DeleteMarkerReplication = new Aws.S3.Inputs.BucketReplicationConfigRuleDeleteMarkerReplicationArgs { Status = "Disabled" },
        SourceSelectionCriteria = new Aws.S3.Inputs.BucketReplicationConfigRuleSourceSelectionCriteriaArgs
        {
            SseKmsEncryptedObjects = new Aws.S3.Inputs.BucketReplicationConfigRuleSourceSelectionCriteriaSseKmsEncryptedObjectsArgs
            {
                Status = "Enabled",
            },
        },
        Destination = new Aws.S3.Inputs.BucketReplicationConfigRuleDestinationArgs
        {
            Bucket = copy.Arn,
            EncryptionConfiguration = new Aws.S3.Inputs.BucketReplicationConfigRuleDestinationEncryptionConfigurationArgs
            {
                ReplicaKmsKeyId = copy.Key.Arn,
            },
        },
    };
}
