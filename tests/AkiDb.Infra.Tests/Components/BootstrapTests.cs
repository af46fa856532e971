using System.Collections.Immutable;
using System.Text.Json;
using AkiDb.Infra.Bootstrap;
using AkiDb.Infra.Components.Identity;
using AkiDb.Infra.Components.Storage;
using AkiDb.Infra.Plan;
using AkiDb.Infra.Plan.Offline;
using AkiDb.Infra.Stacks.Settings;
using AkiDb.TestKit;

namespace AkiDb.Infra.Tests.Components;

public sealed class BootstrapTests
{
    [Fact]
    public async Task Registry_Repositories_HaveFixedTagsScansAndAKeyOfOurs()
    {
        var plan = await RegistryAsync();

        plan.OfType("aws:ecr/repository:Repository").Select(repository => repository.Text("name")).Should().BeEquivalentTo("akidb/router", "akidb/search-engine");
        plan.OfType("aws:ecr/repository:Repository").Should().OnlyContain(repository =>
            repository.Text("imageTagMutability") == "IMMUTABLE"
            && repository.Flag("imageScanningConfiguration.scanOnPush")
            && repository.Text("encryptionConfigurations[0].encryptionType") == "KMS");
    }

    [Fact]
    public async Task Registry_Copies_AreMadeWithTheSameRulesInEveryRegion()
    {
        var plan = await RegistryAsync();

        var templates = plan.OfType("aws:ecr/repositoryCreationTemplate:RepositoryCreationTemplate").ToList();
        templates.Select(template => template.Region).Should().BeEquivalentTo("eu-central-1", "ap-northeast-1");
        templates.Should().OnlyContain(template => template.Text("imageTagMutability") == "IMMUTABLE"
            && template.Text("encryptionConfigurations[0].kmsKey").Contains($":{template.Region}:"));
        var replication = plan.Only("aws:ecr/replicationConfiguration:ReplicationConfiguration");
        templates.Select(template => template.Urn.ToString()).Should().BeSubsetOf(replication.Dependencies);
    }

    [Fact]
    public async Task Registry_Lifecycle_DropsUntaggedAndOldImages()
    {
        using var rules = JsonDocument.Parse((await RegistryAsync()).OfType("aws:ecr/lifecyclePolicy:LifecyclePolicy").First().Text("policy"));

        rules.RootElement.GetProperty("rules").EnumerateArray().Select(rule => rule.GetProperty("selection").GetProperty("tagStatus").GetString())
            .Should().Equal("untagged", "any");
    }

    [Fact]
    public async Task State_BucketAndKey_AreProtectedFromDeletion()
    {
        var plan = await ProgramPlan.OfAsync(() => _ = new StateBackend("state", new StateBackendArgs { AccountId = ProgramPlan.AccountId }));

        plan.Only("aws:s3/bucket:Bucket").Options.Protect.Should().BeTrue();
        plan.Only("aws:kms/key:Key").Options.Protect.Should().BeTrue();
        plan.Only("aws:s3/bucketVersioning:BucketVersioning").Text("versioningConfiguration.status").Should().Be("Enabled");
    }

    [Fact]
    public async Task Identity_DeployRole_TrustsJobsOfNamedEnvironmentsOnlyAndPreviewRoleReadsAndPushesImages()
    {
        var plan = await IdentityAsync("example/akidb");

        Subjects(plan.Only("aws:iam/role:Role", "identity-deploy")).Should().Equal("repo:example/akidb:environment:dev", "repo:example/akidb:environment:prod");
        Subjects(plan.Only("aws:iam/role:Role", "identity-preview")).Should().Equal("repo:example/akidb:ref:refs/heads/main");
        var preview = plan.Only("aws:iam/rolePolicy:RolePolicy", "identity-preview-own").Text("policy");
        preview.Should().NotContain("s3:Put").And.NotContain("Delete").And.NotContain("kms:Encrypt").And.NotContain("iam:");
        Statement(preview, "PushImages").GetProperty("Resource").ToString().Should().Be("arn:aws:ecr:us-east-1:111122223333:repository/akidb/*");
        plan.OfType("aws:iam/rolePolicyAttachment:RolePolicyAttachment").Select(attachment => attachment.Text("policyArn"))
            .Should().NotContain(arn => arn.EndsWith("AdministratorAccess", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("example/*")]
    [InlineData("example")]
    public async Task Identity_RepositoryByWildcard_IsRefused(string repository)
    {
        var plan = () => IdentityAsync(repository);

        (await plan.Should().ThrowAsync<EvaluationException>()).Which.Message.Should().Contain("DeployIdentity 'identity'").And.Contain(repository);
    }

    [Fact]
    public void Settings_ManyFaults_ReportsAllAtOnce()
    {
        var load = () => BootstrapSettings.Load("account", new Dictionary<string, string>
        {
            ["akidb-bootstrap:accountId"] = "1",
            ["akidb-bootstrap:repository"] = "nobody",
            ["akidb-bootstrap:environments"] = "[]",
            ["akidb-bootstrap:homeRegion"] = "us-east-1",
            ["akidb-bootstrap:replicaRegions"] = """["us-east-1"]""",
            ["akidb-bootstrap:tags"] = """{"owner":"a","cost-center":"b"}""",
        });

        load.Should().Throw<SettingsException>().Which.Problems.Select(problem => problem.Key).Should().Equal(
            "akidb-bootstrap:accountId", "akidb-bootstrap:repository", "akidb-bootstrap:environments", "akidb-bootstrap:replicaRegions");
    }

    private static JsonElement Statement(string policy, string sid) =>
        JsonDocument.Parse(policy).RootElement.GetProperty("Statement").EnumerateArray().Single(statement => statement.GetProperty("Sid").GetString() == sid);

    private static List<string?> Subjects(PlannedResource role)
    {
        using var trust = JsonDocument.Parse(role.Text("assumeRolePolicy"));
        var subjects = trust.RootElement.GetProperty("Statement")[0].GetProperty("Condition").GetProperty("StringEquals")
            .GetProperty("token.actions.githubusercontent.com:sub");
        return subjects.ValueKind == JsonValueKind.Array ? [.. subjects.EnumerateArray().Select(subject => subject.GetString())] : [subjects.GetString()];
    }

    private static Task<StackPlan> RegistryAsync() => ProgramPlan.OfAsync(() => _ = new ImageRegistry("images", new ImageRegistryArgs
    {
        AccountId = ProgramPlan.AccountId,
        HomeRegion = "us-east-1",
        ReplicaRegions = ["eu-central-1", "ap-northeast-1"],
        Images = ["router", "search-engine"],
    }));

    private static Task<StackPlan> IdentityAsync(string repository) => ProgramPlan.OfAsync(() => _ = new DeployIdentity("identity", new DeployIdentityArgs
    {
        Repository = repository,
        Environments = ImmutableArray.Create("dev", "prod"),
        ImageRepositoriesArn = "arn:aws:ecr:us-east-1:111122223333:repository/akidb/*",
        StateBucketArn = "arn:aws:s3:::state",
        StateKeyArn = "arn:aws:kms:us-east-1:111122223333:key/k",
    }));
}
