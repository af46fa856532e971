using System.Collections.Immutable;
using AkiDb.Infra.Components.Cluster;
using AkiDb.Infra.Plan;
using AkiDb.Infra.Plan.Offline;
using AkiDb.TestKit;

namespace AkiDb.Infra.Tests.Components;

public sealed class OnDemandBaselineTests
{
    [Fact]
    public async Task Baseline_Nodes_AreOnDemandAndCountTowardsThatShare()
    {
        var group = (await PlanOf()).Only("aws:eks/nodeGroup:NodeGroup");

        group.Text("capacityType").Should().Be("ON_DEMAND");
        group.Text("amiType").Should().Be("AL2023_ARM_64_STANDARD");
        group.Text("labels.capacity-spread").Should().Be("on-demand-1");
        (group.Number("scalingConfig.minSize"), group.Number("scalingConfig.maxSize")).Should().Be((3, 10));
        group.Options.IgnoreChanges.Should().Equal("scalingConfig.desiredSize");
    }

    [Fact]
    public async Task Baseline_Instances_GiveNoCredentialsToPodsAndEncryptTheirDisks()
    {
        var template = (await PlanOf()).Only("aws:ec2/launchTemplate:LaunchTemplate");

        template.Text("metadataOptions.httpTokens").Should().Be("required");
        template.Number("metadataOptions.httpPutResponseHopLimit").Should().Be(1);
        template.Text("blockDeviceMappings[0].ebs.encrypted").Should().Be("true");
        template.Text("tagSpecifications[0].tags.cost-center").Should().Be("cc");
    }

    [Theory]
    [InlineData(0, 3, 10, "m7g.large", "MinNodes is '0'; allowed: 1 to 100")]
    [InlineData(3, 2, 10, "m7g.large", "DesiredNodes is '2'; allowed: 3 to 10")]
    [InlineData(3, 3, 2, "m7g.large", "MaxNodes is '2'; allowed: 3 to 100")]
    [InlineData(3, 3, 10, "m5.large", "InstanceTypes is 'm5.large'")]
    public async Task Baseline_NumbersThatDoNotFit_AreRefused(int min, int desired, int max, string type, string expected)
    {
        var plan = () => PlanOf(min, desired, max, type);

        (await plan.Should().ThrowAsync<EvaluationException>()).Which.Message.Should().Contain("OnDemandBaseline 'baseline'").And.Contain(expected);
    }

    private static Task<StackPlan> PlanOf(int min = 3, int desired = 3, int max = 10, string type = "m7g.large") =>
        ProgramPlan.OfAsync(() => _ = new OnDemandBaseline("baseline", new OnDemandBaselineArgs
        {
            ClusterName = "akidb-test",
            SubnetIds = new[] { "subnet-1", "subnet-2", "subnet-3" },
            InstanceTypes = [type],
            MinNodes = min,
            DesiredNodes = desired,
            MaxNodes = max,
            SpreadDomain = "on-demand-1",
            InstanceTags = ImmutableSortedDictionary<string, string>.Empty.Add("cost-center", "cc"),
        }));
}
