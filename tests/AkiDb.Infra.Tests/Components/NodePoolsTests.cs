using System.Collections.Immutable;
using AkiDb.Infra.Components.Autoscaling;
using AkiDb.Infra.Plan;
using AkiDb.Infra.Plan.Offline;
using AkiDb.Infra.Plan.Values;
using AkiDb.TestKit;

namespace AkiDb.Infra.Tests.Components;

public sealed class NodePoolsTests
{
    private const string Pool = "kubernetes:karpenter.sh/v1:NodePool";

    [Theory]
    [InlineData("us-east-1")]
    [InlineData("eu-central-1")]
    [InlineData("ap-northeast-1")]
    public async Task Pools_OfARegion_LeaveAtLeastFifteenTypesThatAreSoldThere(string region)
    {
        var plan = await PlanOf(region);

        foreach (var pool in plan.OfType(Pool))
        {
            var families = ValuesOf(pool, "karpenter.k8s.aws/instance-family");
            var sizes = ValuesOf(pool, "karpenter.k8s.aws/instance-size");
            // Karpenter takes what passes every requirement; what the region does not sell never comes.
            InstanceOfferings.All.Where(type => families.Contains(type.Family) && sizes.Contains(type.Size))
                .Count(type => type.Regions.Contains(region)).Should().BeGreaterThanOrEqualTo(15, $"{pool.Name} in {region}");
        }
    }

    [Fact]
    public async Task Pools_InFrankfurt_DoNotNameWhatIsNotSoldThere() =>
        ValuesOf((await PlanOf("eu-central-1")).Only(Pool, "pools-spot"), "karpenter.k8s.aws/instance-family").Should().NotContain("c7gn");

    [Fact]
    public async Task Pools_SpotAndOnDemand_DifferInTypeAndSpreadOverDisjointDomains()
    {
        var plan = await PlanOf("us-east-1");
        var (spot, onDemand) = (plan.Only(Pool, "pools-spot"), plan.Only(Pool, "pools-on-demand"));

        ValuesOf(spot, "karpenter.sh/capacity-type").Should().Equal("spot");
        ValuesOf(onDemand, "karpenter.sh/capacity-type").Should().Equal("on-demand");
        ValuesOf(spot, "capacity-spread").Should().Equal("spot-1", "spot-2");
        ValuesOf(onDemand, "capacity-spread").Should().Equal("on-demand-1");
    }

    [Fact]
    public async Task Pools_Limits_AddUpToTheClusters()
    {
        var pools = (await PlanOf("us-east-1")).OfType(Pool).ToList();

        pools.Sum(pool => int.Parse(pool.Text("spec.limits.cpu"))).Should().Be(200);
        pools.Sum(pool => int.Parse(pool.Text("spec.limits.memory").Replace("Gi", "", StringComparison.Ordinal))).Should().Be(400);
    }

    [Fact]
    public async Task Pools_Disruption_IsHeldBackAtPeakExceptForEmptyNodes()
    {
        var pool = (await PlanOf("us-east-1")).Only(Pool, "pools-spot");

        pool.Text("spec.disruption.consolidateAfter").Should().Be("30s");
        pool.Text("spec.template.spec.expireAfter").Should().Be("168h");
        (pool.Text("spec.disruption.budgets[1].nodes"), pool.Text("spec.disruption.budgets[1].schedule"), pool.Text("spec.disruption.budgets[1].duration"))
            .Should().Be(("0", "0 9 * * mon-fri", "9h"));
        pool.Texts("spec.disruption.budgets[1].reasons").Should().Equal("Underutilized", "Drifted");
    }

    [Fact]
    public async Task Pools_AtStageZero_HaveNoSpotPool() =>
        (await PlanOf("us-east-1", CapacitySpread.For(0, 3))).OfType(Pool).Should().ContainSingle().Which.Name.Should().Be("pools-on-demand");

    [Fact]
    public async Task NodeClass_Always_IsPinnedEncryptedAndTagged()
    {
        var plan = await PlanOf("us-east-1");
        var nodeClass = plan.Only("kubernetes:karpenter.k8s.aws/v1:EC2NodeClass");

        nodeClass.Text("spec.amiSelectorTerms[0].alias").Should().Be("al2023@v20260801");
        nodeClass.Text("spec.metadataOptions.httpTokens").Should().Be("required");
        nodeClass.Number("spec.metadataOptions.httpPutResponseHopLimit").Should().Be(1);
        nodeClass.Flag("spec.blockDeviceMappings[0].ebs.encrypted").Should().BeTrue();
        nodeClass.Text("spec.tags.cost-center").Should().Be("cc");
        nodeClass.Text("spec.role").Should().Be("node-role");
    }

    [Theory]
    [InlineData("ami", "AmiAlias is 'al2023@latest'", "never @latest")]
    [InlineData("cpu", "CpuLimit is '4'", "8 to 2000")]
    [InlineData("memory", "MemoryLimitGiB is '9000'", "16 to 8000")]
    [InlineData("expire", "ExpireAfterDays is '0'", "1 to 90")]
    [InlineData("consolidate", "ConsolidateAfterSeconds is '-1'", "0 to 3600")]
    [InlineData("peak", "Peak.FromHour is '24'", "0 to 23")]
    [InlineData("volume", "VolumeGiB is '5'", "20 to 1000")]
    [InlineData("tag", "InstanceTags is 'karpenter.sh/nodepool'", "which Karpenter sets")]
    [InlineData("sizes", "Sizes is 'large'", "at least 15")]
    public async Task Pools_AFault_IsRefusedWithComponentArgumentValueAndRange(string fault, string found, string allowed)
    {
        var plan = () => ProgramPlan.OfAsync(() => _ = new NodePools("pools", fault switch
        {
            "ami" => Args("us-east-1", ami: "al2023@latest"),
            "cpu" => Args("us-east-1", cpu: 4),
            "memory" => Args("us-east-1", memory: 9000),
            "expire" => Args("us-east-1", expire: 0),
            "consolidate" => Args("us-east-1", consolidate: -1),
            "peak" => Args("us-east-1", peakFrom: 24),
            "volume" => Args("us-east-1", volume: 5),
            "tag" => Args("us-east-1", tag: "karpenter.sh/nodepool"),
            _ => Args("us-east-1", sizes: ["large"]),
        }));

        (await plan.Should().ThrowAsync<EvaluationException>()).Which.Message.Should()
            .Contain("NodePools 'pools'").And.Contain(found).And.Contain(allowed);
    }

    private static List<string> ValuesOf(PlannedResource pool, string key)
    {
        var requirements = ((ListValue)pool.Input("spec.template.spec.requirements")!).Items;
        var requirement = requirements.Single(candidate => ((TextValue)candidate.At("key")!).Value == key);
        return [.. ((ListValue)requirement.At("values")!).Items.Select(value => ((TextValue)value).Value)];
    }

    private static Task<StackPlan> PlanOf(string region, CapacitySpread? spread = null) =>
        ProgramPlan.OfAsync(() => _ = new NodePools("pools", Args(region, spread)));

    private static NodePoolsArgs Args(
        string region,
        CapacitySpread? spread = null,
        string ami = "al2023@v20260801",
        int cpu = 200,
        int memory = 400,
        int expire = 7,
        int consolidate = 30,
        int peakFrom = 9,
        int volume = 50,
        string tag = "cost-center",
        ImmutableArray<string> sizes = default) => new()
        {
            Region = region,
            ClusterName = "akidb-test",
            Spread = spread ?? CapacitySpread.For(70, 3),
            NodeRoleName = "node-role",
            SecurityGroupId = "sg-1",
            AmiAlias = ami,
            CpuLimit = cpu,
            MemoryLimitGiB = memory,
            ExpireAfterDays = expire,
            ConsolidateAfterSeconds = consolidate,
            Peak = (peakFrom, 9),
            VolumeGiB = volume,
            InstanceTags = ImmutableSortedDictionary<string, string>.Empty.Add(tag, "cc"),
            Sizes = sizes.IsDefault ? ["large", "xlarge", "2xlarge"] : sizes,
        };
}
