using System.Collections.Immutable;
using AkiDb.Infra.Components.Cluster;
using AkiDb.Infra.Components.Network;
using AkiDb.Infra.Plan;
using AkiDb.Infra.Plan.Offline;
using AkiDb.TestKit;

namespace AkiDb.Infra.Tests.Components;

public sealed class RegionalClusterTests
{
    [Fact]
    public async Task Cluster_WithoutNetworksNamed_HasNoPublicEndpoint()
    {
        var cluster = (await PlanOf(Args([]))).Only("aws:eks/cluster:Cluster");

        cluster.Flag("vpcConfig.endpointPublicAccess").Should().BeFalse();
        cluster.Flag("vpcConfig.endpointPrivateAccess").Should().BeTrue();
    }

    [Fact]
    public async Task Cluster_WithNetworksNamed_LetsOnlyTheseIn()
    {
        var cluster = (await PlanOf(Args([CidrBlock.Parse("203.0.113.0/24")]))).Only("aws:eks/cluster:Cluster");

        cluster.Flag("vpcConfig.endpointPublicAccess").Should().BeTrue();
        cluster.Texts("vpcConfig.publicAccessCidrs").Should().Equal("203.0.113.0/24");
    }

    [Fact]
    public async Task Cluster_PublicToAll_IsRefused()
    {
        var plan = () => PlanOf(Args([CidrBlock.Parse("0.0.0.0/0")]));

        (await plan.Should().ThrowAsync<EvaluationException>()).Which.Message.Should()
            .Contain("RegionalCluster 'c'").And.Contain("PublicAccessBlocks is '0.0.0.0/0'");
    }

    [Fact]
    public async Task Cluster_Secrets_AreEncryptedByARotatedKeyOfItsOwn()
    {
        var plan = await PlanOf(Args([]));

        var cluster = plan.Only("aws:eks/cluster:Cluster");
        var key = plan.Only("aws:kms/key:Key");
        key.Flag("enableKeyRotation").Should().BeTrue();
        cluster.Texts("encryptionConfig.resources").Should().Equal("secrets");
        cluster.Dependencies.Should().Contain(key.Urn.ToString());
    }

    [Fact]
    public async Task Cluster_Access_IsByEntriesOnlyAndNotForItsCreator()
    {
        var cluster = (await PlanOf(Args([]))).Only("aws:eks/cluster:Cluster");

        cluster.Text("accessConfig.authenticationMode").Should().Be("API");
        cluster.Flag("accessConfig.bootstrapClusterCreatorAdminPermissions").Should().BeFalse();
    }

    [Fact]
    public async Task Cluster_Logs_AllKindsGoToAGroupThatExistsFirst()
    {
        var plan = await PlanOf(Args([]));

        var cluster = plan.Only("aws:eks/cluster:Cluster");
        var group = plan.Only("aws:cloudwatch/logGroup:LogGroup");
        cluster.Texts("enabledClusterLogTypes").Should().BeEquivalentTo("api", "audit", "authenticator", "controllerManager", "scheduler");
        group.Text("name").Should().Be("/aws/eks/akidb-test/cluster");
        group.Number("retentionInDays").Should().Be(90);
        cluster.Dependencies.Should().Contain(group.Urn.ToString());
    }

    [Fact]
    public async Task Cluster_DeletionAndUpgrade_AreAsSet()
    {
        var cluster = (await PlanOf(Args([]))).Only("aws:eks/cluster:Cluster");

        cluster.Flag("deletionProtection").Should().BeTrue();
        cluster.Text("upgradePolicy.supportType").Should().Be("STANDARD");
        cluster.Text("version").Should().Be("1.35");
    }

    private static Task<StackPlan> PlanOf(RegionalClusterArgs args) => ProgramPlan.OfAsync(() => _ = new RegionalCluster("c", args));

    private static RegionalClusterArgs Args(ImmutableArray<CidrBlock> publicBlocks) => new()
    {
        AccountId = ProgramPlan.AccountId,
        Region = "us-east-1",
        ClusterName = "akidb-test",
        Version = "1.35",
        SubnetIds = new[] { "subnet-1", "subnet-2", "subnet-3" },
        PublicAccessBlocks = publicBlocks,
        LogRetentionDays = 90,
        LogKeyArn = "arn:aws:kms:us-east-1:111122223333:key/k",
    };
}
