using System.Collections.Immutable;
using System.Text.Json;
using AkiDb.Infra.Components.Cluster;
using AkiDb.Infra.Plan;
using AkiDb.Infra.Plan.Offline;
using AkiDb.TestKit;
using Pulumi;
using Aws = Pulumi.Aws;

namespace AkiDb.Infra.Tests.Components;

public sealed class ClusterAddonsTests
{
    [Fact]
    public async Task Addons_All_AreInstalled() =>
        (await PlanOf()).OfType("aws:eks/addon:Addon").Select(addon => addon.Text("addonName")).Should().BeEquivalentTo(ClusterAddons.AddonNames);

    [Fact]
    public async Task Addons_NetworkDriver_DelegatesPrefixesAndEnforcesPolicies()
    {
        var driver = (await PlanOf()).Only("aws:eks/addon:Addon", "addons-vpc-cni");

        using var configuration = JsonDocument.Parse(driver.Text("configurationValues"));
        configuration.RootElement.GetProperty("env").GetProperty("ENABLE_PREFIX_DELEGATION").GetString().Should().Be("true");
        configuration.RootElement.GetProperty("enableNetworkPolicy").GetString().Should().Be("true");
    }

    [Theory]
    [InlineData("addons-vpc-cni", "aws-node")]
    [InlineData("addons-aws-ebs-csi-driver", "ebs-csi-controller-sa")]
    public async Task Addons_ThatCallAws_HaveARoleOfTheirOwnForThisClusterOnly(string name, string serviceAccount)
    {
        var plan = await PlanOf();

        plan.Only("aws:eks/addon:Addon", name).Text("podIdentityAssociations[0].serviceAccount").Should().Be(serviceAccount);
        foreach (var role in plan.OfType("aws:iam/role:Role"))
        {
            using var trust = JsonDocument.Parse(role.Text("assumeRolePolicy"));
            var statement = trust.RootElement.GetProperty("Statement")[0];
            statement.GetProperty("Principal").GetProperty("Service").GetString().Should().Be("pods.eks.amazonaws.com");
            statement.GetProperty("Action").EnumerateArray().Select(action => action.GetString()).Should().Equal("sts:AssumeRole", "sts:TagSession");
            statement.GetProperty("Condition").GetProperty("ArnEquals").GetProperty("aws:SourceArn").GetString()
                .Should().Be("arn:aws:eks:us-east-1:111122223333:cluster/akidb-test");
        }
    }

    [Fact]
    public async Task Addons_ThatNeedNodes_WaitForThemAndTheOthersDoNot()
    {
        var plan = await ProgramPlan.OfAsync(() =>
        {
            var node = new Aws.Ec2.Vpc("stands-for-nodes", new Aws.Ec2.VpcArgs { CidrBlock = "10.0.0.0/16" });
            _ = new ClusterAddons("addons", Args([node]));
        });

        plan.OfType("aws:eks/addon:Addon")
            .Where(addon => addon.Dependencies.Any(urn => urn.EndsWith("stands-for-nodes", StringComparison.Ordinal)))
            .Select(addon => addon.Text("addonName")).Should()
            .BeEquivalentTo("aws-ebs-csi-driver", "coredns", "eks-node-monitoring-agent", "metrics-server");
    }

    [Fact]
    public async Task Addons_PinnedVersion_IsUsedAndTheOthersAreLeftToEks()
    {
        var plan = await PlanOf(("coredns", "v1.12.4-eksbuild.1"));

        plan.OfType("aws:eks/addon:Addon").Where(addon => addon.Input("addonVersion") is not null)
            .Should().ContainSingle().Which.Text("addonVersion").Should().Be("v1.12.4-eksbuild.1");
    }

    [Fact]
    public async Task Addons_UnknownName_IsRefused()
    {
        var plan = () => PlanOf(("core-dns", "v1"));

        (await plan.Should().ThrowAsync<EvaluationException>()).Which.Message.Should().Contain("Versions is 'core-dns'").And.Contain("coredns");
    }

    private static Task<StackPlan> PlanOf(params (string Addon, string Version)[] versions) =>
        ProgramPlan.OfAsync(() => _ = new ClusterAddons("addons", Args([], versions)));

    private static ClusterAddonsArgs Args(ImmutableArray<Resource> nodes, params (string Addon, string Version)[] versions) => new()
    {
        AccountId = ProgramPlan.AccountId,
        ClusterName = "akidb-test",
        ClusterArn = "arn:aws:eks:us-east-1:111122223333:cluster/akidb-test",
        Nodes = nodes,
        Versions = versions.ToImmutableDictionary(version => version.Addon, version => version.Version),
    };
}
