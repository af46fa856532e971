using AkiDb.Infra.Plan;
using AkiDb.Infra.Plan.Offline;
using AkiDb.Infra.Plan.Values;
using AkiDb.TestKit;
using Pulumi;
using Aws = Pulumi.Aws;

namespace AkiDb.Infra.Tests.Plan;

public sealed class OfflineEvaluationTests
{
    [Fact]
    public async Task Evaluate_NestedComponents_HaveTheEnginesUrns()
    {
        var plan = await ProgramPlan.OfAsync(() => _ = new Outer("outer"));

        plan.Only("aws:ec2/vpc:Vpc").Urn.ToString().Should()
            .Be("urn:pulumi:test::akidb::akidb:test:Outer$akidb:test:Inner$aws:ec2/vpc:Vpc::outer-inner-vpc");
        plan.Only("aws:ec2/vpc:Vpc").Parent.Should()
            .Be("urn:pulumi:test::akidb::akidb:test:Outer$akidb:test:Inner::outer-inner");
        plan.Only(ResourceUrn.StackType).Urn.ToString().Should()
            .Be("urn:pulumi:test::akidb::pulumi:pulumi:Stack::akidb-test");
    }

    [Fact]
    public async Task Evaluate_ProviderOnAComponent_ReachesGrandchildrenAndGivesTheRegion()
    {
        var plan = await ProgramPlan.OfAsync(() =>
        {
            var tokyo = new Aws.Provider("tokyo", new Aws.ProviderArgs { Region = "ap-northeast-1" });
            _ = new Outer("outer", new ComponentResourceOptions { Provider = tokyo });
        });

        plan.Only("aws:ec2/vpc:Vpc").Provider.Should().Be("urn:pulumi:test::akidb::pulumi:providers:aws::tokyo");
        plan.Resources.Where(resource => resource.Type != ResourceUrn.StackType)
            .Should().OnlyContain(resource => resource.Region == "ap-northeast-1");
    }

    [Fact]
    public async Task Evaluate_UseOfAnOutput_IsADependencyAtAnyDepth()
    {
        var plan = await ProgramPlan.OfAsync(() =>
        {
            var vpc = new Aws.Ec2.Vpc("vpc", new Aws.Ec2.VpcArgs { CidrBlock = "10.0.0.0/16" });
            var first = new Aws.Ec2.Subnet("first", new Aws.Ec2.SubnetArgs { VpcId = vpc.Id });
            var second = new Aws.Ec2.Subnet("second", new Aws.Ec2.SubnetArgs { VpcId = vpc.Id });
            _ = new Aws.Eks.Cluster("cluster", new Aws.Eks.ClusterArgs
            {
                RoleArn = "arn:aws:iam::111122223333:role/x",
                VpcConfig = new Aws.Eks.Inputs.ClusterVpcConfigArgs
                {
                    SubnetIds = Output.All(first.Id, second.Id),
                },
            }, new CustomResourceOptions { DependsOn = { vpc } });
        });

        plan.Only("aws:eks/cluster:Cluster").Dependencies.Select(urn => ResourceUrn.Parse(urn).Name).Should()
            .Equal("first", "second", "vpc");
    }

    [Fact]
    public async Task Evaluate_OptionsOnAParent_ReachItsChildren()
    {
        var plan = await ProgramPlan.OfAsync(() => _ = new Outer("outer", new ComponentResourceOptions { Protect = true }));

        plan.Only("aws:ec2/vpc:Vpc").Options.Protect.Should().BeTrue();
    }

    [Fact]
    public async Task Evaluate_SecretDeepInAnInput_LeavesWhatStandsAroundItVisible()
    {
        var plan = await ProgramPlan.OfAsync(() => _ = new Aws.LB.ListenerRule("rule", new Aws.LB.ListenerRuleArgs
        {
            ListenerArn = "arn",
            Actions = { new Aws.LB.Inputs.ListenerRuleActionArgs { Type = "forward", TargetGroupArn = "group" } },
            Conditions =
            {
                new Aws.LB.Inputs.ListenerRuleConditionArgs
                {
                    HttpHeader = new Aws.LB.Inputs.ListenerRuleConditionHttpHeaderArgs { HttpHeaderName = "X-Key", Values = { Output.CreateSecret("hunter2") } },
                },
            },
        }));

        var rule = plan.Only("aws:lb/listenerRule:ListenerRule");
        rule.Text("conditions[0].httpHeader.httpHeaderName").Should().Be("X-Key");
        rule.Input("conditions[0].httpHeader.values").Should().Be(SecretValue.Instance);
        rule.Inputs.ToString().Should().NotContain("hunter2");
    }

    [Fact]
    public async Task Evaluate_SecretInput_IsBlinded()
    {
        var plan = await ProgramPlan.OfAsync(() => _ = new Aws.Ec2.Vpc("vpc", new Aws.Ec2.VpcArgs
        {
            CidrBlock = "10.0.0.0/16",
            Tags = { ["token"] = Output.CreateSecret("hunter2") },
        }));

        plan.Only("aws:ec2/vpc:Vpc").Input("tags").Should().Be(SecretValue.Instance);
    }

    [Fact]
    public async Task Evaluate_NameTwiceUnderDifferentParents_KeepsTheirInputsApart()
    {
        var plan = await ProgramPlan.OfAsync(() =>
        {
            _ = new Holder("akidb:test:Left", "left", "10.1.0.0/16");
            _ = new Holder("akidb:test:Right", "right", "10.2.0.0/16");
        });

        plan.OfType("aws:ec2/vpc:Vpc").Select(vpc => (ResourceUrn.Parse(vpc.Parent!).Name, vpc.Text("cidrBlock"))).Should()
            .Equal(("left", "10.1.0.0/16"), ("right", "10.2.0.0/16"));
    }

    [Fact]
    public async Task Evaluate_TheSameUrnTwice_ShowsBoth()
    {
        var plan = await ProgramPlan.OfAsync(() =>
        {
            _ = new Aws.Ec2.Vpc("twin", new Aws.Ec2.VpcArgs { CidrBlock = "10.0.0.0/16" });
            _ = new Aws.Ec2.Vpc("twin", new Aws.Ec2.VpcArgs { CidrBlock = "10.1.0.0/16" });
        });

        plan.DuplicateUrns.Should().Equal("urn:pulumi:test::akidb::aws:ec2/vpc:Vpc::twin");
    }

    [Fact]
    public async Task Evaluate_EveryOutputOfACluster_IsThereAndLooksReal()
    {
        string? issuer = null, endpoint = null, group = null;
        await ProgramPlan.OfAsync(() =>
        {
            var provider = new Aws.Provider("frankfurt", new Aws.ProviderArgs { Region = "eu-central-1" });
            var cluster = new Aws.Eks.Cluster("c", new Aws.Eks.ClusterArgs
            {
                RoleArn = "r",
                VpcConfig = new Aws.Eks.Inputs.ClusterVpcConfigArgs { SubnetIds = { "subnet-1" } },
            }, new CustomResourceOptions { Provider = provider });
            cluster.Identities.Apply(identities => issuer = identities[0].Oidcs[0].Issuer);
            cluster.Endpoint.Apply(address => endpoint = address);
            cluster.VpcConfig.Apply(network => group = network.ClusterSecurityGroupId);
        });

        issuer.Should().MatchRegex("^https://oidc.eks.eu-central-1.amazonaws.com/id/[0-9A-F]{32}$");
        endpoint.Should().MatchRegex("^https://[0-9A-F]{32}.gr7.eu-central-1.eks.amazonaws.com$");
        group.Should().MatchRegex("^sg-[0-9a-f]{17}$");
    }

    [Fact]
    public async Task Evaluate_ProgramThatThrows_GivesItsMessage()
    {
        var evaluate = () => ProgramPlan.OfAsync(() => throw new InvalidOperationException("RegionalNetwork 'x': Block is '1'; allowed: 2."));

        (await evaluate.Should().ThrowAsync<EvaluationException>()).Which.Message.Should().Be("RegionalNetwork 'x': Block is '1'; allowed: 2.");
    }

    [Fact]
    public async Task Evaluate_MissingRequiredInput_NamesResourceAndProperty()
    {
        var evaluate = () => ProgramPlan.OfAsync(() => _ = new Aws.Eks.Cluster("nameless", new Aws.Eks.ClusterArgs
        {
            VpcConfig = new Aws.Eks.Inputs.ClusterVpcConfigArgs { SubnetIds = { "subnet-1" } },
        }));

        (await evaluate.Should().ThrowAsync<EvaluationException>()).Which.Message.Should()
            .Contain("aws:eks/cluster:Cluster 'nameless' roleArn: found nothing; it is required.");
    }

    [Fact]
    public async Task Evaluate_ChildThatWaitsForItsParent_EndsAndNamesIt()
    {
        var evaluate = () => ProgramPlan.OfAsync(() => _ = new Deadlocked("stuck"), TimeSpan.FromMilliseconds(500));

        (await evaluate.Should().ThrowAsync<EvaluationException>()).Which.Message.Should()
            .Contain("did not end within").And.Contain("aws:ec2/vpc:Vpc 'stuck-vpc'");
    }

    [Fact]
    public async Task Evaluate_ProgramThatBlocks_EndsInTime()
    {
        using var never = new ManualResetEventSlim();
        var evaluate = () => ProgramPlan.OfAsync(() => never.Wait(TimeSpan.FromSeconds(20)), TimeSpan.FromMilliseconds(300));

        await evaluate.Should().ThrowAsync<EvaluationException>();
        never.Set();
    }

    private sealed class Outer : ComponentResource
    {
        public Outer(string name, ComponentResourceOptions? options = null)
            : base("akidb:test:Outer", name, options) => _ = new Inner($"{name}-inner", this);
    }

    private sealed class Inner : ComponentResource
    {
        public Inner(string name, Resource parent)
            : base("akidb:test:Inner", name, new ComponentResourceOptions { Parent = parent }) =>
            _ = new Aws.Ec2.Vpc($"{name}-vpc", new Aws.Ec2.VpcArgs { CidrBlock = "10.0.0.0/16" }, new CustomResourceOptions { Parent = this });
    }

    private sealed class Holder : ComponentResource
    {
        public Holder(string type, string name, string block)
            : base(type, name) =>
            _ = new Aws.Ec2.Vpc("shared-name", new Aws.Ec2.VpcArgs { CidrBlock = block }, new CustomResourceOptions { Parent = this });
    }

    private sealed class Deadlocked : ComponentResource
    {
        public Deadlocked(string name)
            : base("akidb:test:Deadlocked", name) =>
            _ = new Aws.Ec2.Vpc($"{name}-vpc", new Aws.Ec2.VpcArgs { CidrBlock = "10.0.0.0/16" },
                new CustomResourceOptions { Parent = this, DependsOn = { this } });
    }
}
