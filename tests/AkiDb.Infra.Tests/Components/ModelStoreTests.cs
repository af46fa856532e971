using System.Collections.Immutable;
using System.Text.Json;
using AkiDb.Infra.Components.Storage;
using AkiDb.Infra.Plan;
using AkiDb.Infra.Plan.Offline;
using AkiDb.TestKit;
using Aws = Pulumi.Aws;

namespace AkiDb.Infra.Tests.Components;

public sealed class ModelStoreTests
{
    private static readonly string[] ThreeRegions = ["us-east-1", "eu-central-1", "ap-northeast-1"];

    [Fact]
    public async Task Store_ThreeRegions_HasABucketInEachUnderItsRegionsProvider() =>
        (await PlanOf(ThreeRegions)).OfType("aws:s3/bucket:Bucket").Select(bucket => (bucket.Region, bucket.Text("bucket"))).Should()
            .BeEquivalentTo(ThreeRegions.Select(region => (region, $"akidb-test-models-111122223333-{region}")));

    [Fact]
    public async Task Store_EveryBucket_IsVersionedEncryptedPrivateAndOwned()
    {
        var plan = await PlanOf(ThreeRegions);

        plan.OfType("aws:s3/bucketVersioning:BucketVersioning").Should().HaveCount(3)
            .And.OnlyContain(versioning => versioning.Text("versioningConfiguration.status") == "Enabled");
        plan.OfType("aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration").Should().HaveCount(3)
            .And.OnlyContain(encryption => encryption.Text("rules[0].applyServerSideEncryptionByDefault.sseAlgorithm") == "aws:kms");
        plan.OfType("aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock").Should().HaveCount(3).And.OnlyContain(block =>
            block.Flag("blockPublicAcls") && block.Flag("blockPublicPolicy") && block.Flag("ignorePublicAcls") && block.Flag("restrictPublicBuckets"));
        plan.OfType("aws:s3/bucketOwnershipControls:BucketOwnershipControls").Should().HaveCount(3)
            .And.OnlyContain(controls => controls.Text("rule.objectOwnership") == "BucketOwnerEnforced");
    }

    [Fact]
    public async Task Store_EveryBucket_RefusesPlainHttp()
    {
        var plan = await PlanOf(ThreeRegions);

        var policies = plan.OfType("aws:s3/bucketPolicy:BucketPolicy").ToList();
        policies.Should().HaveCount(3);
        foreach (var policy in policies)
        {
            using var document = JsonDocument.Parse(policy.Text("policy"));
            var statement = document.RootElement.GetProperty("Statement").EnumerateArray().Should().ContainSingle().Subject;
            statement.GetProperty("Effect").GetString().Should().Be("Deny");
            statement.GetProperty("Principal").GetString().Should().Be("*");
            statement.GetProperty("Condition").GetProperty("Bool").GetProperty("aws:SecureTransport").GetString().Should().Be("false");
            statement.GetProperty("Resource").EnumerateArray().Should().HaveCount(2);
        }
    }

    [Fact]
    public async Task Store_ColdModels_StayReadableAtOnce()
    {
        var rule = (await PlanOf(ThreeRegions)).OfType("aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration").First();

        (rule.Number("rules[0].transitions[0].days"), rule.Text("rules[0].transitions[0].storageClass")).Should().Be((30, "GLACIER_IR"));
        rule.Number("rules[0].abortIncompleteMultipartUpload.daysAfterInitiation").Should().Be(7);
    }

    [Fact]
    public async Task Store_HomeRegion_CopiesToEveryOtherAfterVersionsAreOn()
    {
        var plan = await PlanOf(ThreeRegions);

        var replication = plan.Only("aws:s3/bucketReplicationConfig:BucketReplicationConfig");
        replication.Region.Should().Be("us-east-1");
        Enumerable.Range(0, 2).Select(rule => replication.Text($"rules[{rule}].destination.bucket")).Should().BeEquivalentTo(
            "arn:aws:s3:::akidb-test-models-111122223333-eu-central-1", "arn:aws:s3:::akidb-test-models-111122223333-ap-northeast-1");
        Enumerable.Range(0, 2).Select(rule => replication.Number($"rules[{rule}].priority")).Should().OnlyHaveUniqueItems();
        plan.OfType("aws:s3/bucketVersioning:BucketVersioning").Select(versioning => versioning.Urn.ToString())
            .Should().BeSubsetOf(replication.Dependencies);
    }

    [Fact]
    public async Task Store_CopyRole_ReadsHomeAndWritesCopiesOnly()
    {
        var plan = await PlanOf(ThreeRegions);

        using var document = JsonDocument.Parse(plan.Only("aws:iam/rolePolicy:RolePolicy").Text("policy"));
        var statements = document.RootElement.GetProperty("Statement").EnumerateArray().ToDictionary(
            statement => statement.GetProperty("Sid").GetString()!, statement => statement.GetProperty("Resource").ToString());
        statements["WriteCopies"].Should().NotContain("us-east-1").And.Contain("eu-central-1").And.Contain("ap-northeast-1");
        statements["ReadModels"].Should().Be("arn:aws:s3:::akidb-test-models-111122223333-us-east-1/*");
        statements.Values.Should().NotContain("*");
    }

    [Fact]
    public async Task Store_OneRegion_CopiesNothing() =>
        (await PlanOf("us-east-1")).OfType("aws:s3/bucketReplicationConfig:BucketReplicationConfig").Should().BeEmpty();

    [Fact]
    public async Task Store_RegionTwice_IsRefused()
    {
        var plan = () => PlanOf("us-east-1", "us-east-1");

        (await plan.Should().ThrowAsync<EvaluationException>()).Which.Message.Should().Contain("ModelStore 'models'").And.Contain("none twice");
    }

    private static Task<StackPlan> PlanOf(params string[] regions) => ProgramPlan.OfAsync(() =>
    {
        var locations = regions.Select((region, index) =>
            new ModelStoreLocation(region, new Aws.Provider($"{region}-{index}", new Aws.ProviderArgs { Region = region })));
        _ = new ModelStore("models", new ModelStoreArgs
        {
            AccountId = ProgramPlan.AccountId,
            NamePrefix = "akidb-test",
            Locations = locations.ToImmutableArray(),
        });
    });
}
