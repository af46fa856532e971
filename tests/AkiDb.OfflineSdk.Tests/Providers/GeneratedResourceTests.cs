using System.Collections.Immutable;
using System.Text.Json.Nodes;
using FluentAssertions;
using Pulumi;
using Pulumi.Kubernetes.Types.Inputs.Meta.V1;
using Pulumi.Testing;
using Xunit;
using Ec2 = Pulumi.Aws.Ec2;
using Eks = Pulumi.Aws.Eks;
using Iam = Pulumi.Aws.Iam;
using Kubernetes = Pulumi.Kubernetes;

namespace AkiDb.OfflineSdk.Tests.Providers;

/// <summary>A small stack of generated resources, as the mocks see it: names, values, constants, defaults on the wire.</summary>
public sealed class GeneratedResourceTests
{
    [Fact]
    public async Task Provider_SettingsOtherThanText_TravelAsJson()
    {
        var inputs = (await Evaluate())["pulumi:providers:aws"];

        inputs["region"].Should().Be("eu-west-1");
        JsonNode.Parse(inputs["defaultTags"].As<string>())!["tags"]!["Owner"]!.GetValue<string>().Should().Be("search");
        inputs["maxRetries"].Should().Be("3");
        inputs["skipRegionValidation"].Should().Be("true", "the published constructor says so");
    }

    [Fact]
    public async Task Resource_Inputs_HaveWireNames()
    {
        var inputs = (await Evaluate())["aws:eks/cluster:Cluster"];

        inputs.Keys.Should().BeEquivalentTo("roleArn", "vpcConfig", "enabledClusterLogTypes");
        inputs["roleArn"].Should().Be("arn:cluster");
        inputs["vpcConfig"].As<ImmutableDictionary<string, object>>()["subnetIds"]
            .As<ImmutableArray<object>>().Should().Equal("subnet-1", "subnet-2");
    }

    [Fact]
    public async Task Resource_PropertyRenamedInCSharp_KeepsItsWireName()
    {
        (await Evaluate())["aws:s3/bucket:Bucket"]["bucket"].Should().Be("models");
    }

    [Fact]
    public async Task Resource_DefaultOfThePublishedConstructor_IsSent()
    {
        (await Evaluate())["aws:ec2/securityGroup:SecurityGroup"]["description"].Should().Be("Managed by Pulumi");
    }

    [Fact]
    public async Task Resource_UnionOfTextAndObject_TakesText()
    {
        (await Evaluate())["aws:iam/role:Role"]["assumeRolePolicy"].Should().Be("{}");
    }

    [Fact]
    public async Task KubernetesResource_KindAndVersion_AreFixed()
    {
        var inputs = (await Evaluate())["kubernetes:rbac.authorization.k8s.io/v1:ClusterRole"];

        inputs["apiVersion"].Should().Be("rbac.authorization.k8s.io/v1");
        inputs["kind"].Should().Be("ClusterRole");
    }

    [Fact]
    public async Task KubernetesResource_IntOrText_KeepsItsKind()
    {
        var spec = (await Evaluate())["kubernetes:core/v1:Service"]["spec"].As<ImmutableDictionary<string, object>>();

        spec["ports"].As<ImmutableArray<object>>().Select(p => p.As<ImmutableDictionary<string, object>>()["targetPort"])
            .Should().Equal(8080.0, "http");
    }

    [Fact]
    public async Task CustomResource_OfTheProgram_HasTheTypeOfItsKind()
    {
        var inputs = (await Evaluate())["kubernetes:karpenter.sh/v1:NodePool"];

        inputs["spec"].As<ImmutableDictionary<string, object>>()["weight"].Should().Be(10.0);
        inputs["metadata"].As<ImmutableDictionary<string, object>>()["name"].Should().Be("spot");
    }

    [Fact]
    public async Task Function_Invoked_ReturnsWhatTheMockSays()
    {
        (await Evaluate())["aws:ssm/seen:Region"]["region"].Should().Be("eu-west-1");
    }

    private static async Task<Dictionary<string, ImmutableDictionary<string, object>>> Evaluate()
    {
        var mocks = new Mocks();
        await Deployment.TestAsync<SampleStack>(mocks, new TestOptions { IsPreview = false });
        return mocks.Inputs;
    }

    private sealed class Mocks : IMocks
    {
        public Dictionary<string, ImmutableDictionary<string, object>> Inputs { get; } = new(StringComparer.Ordinal);

        public Task<object> CallAsync(MockCallArgs args) => Task.FromResult<object>(
            args.Token == "aws:index/getRegion:getRegion"
                ? new Dictionary<string, object> { ["region"] = "eu-west-1", ["id"] = "x", ["name"] = "x", ["endpoint"] = "x", ["description"] = "x" }
                : throw new InvalidOperationException($"{args.Token}: no function of the sample stack."));

        public Task<(string? id, object state)> NewResourceAsync(MockResourceArgs args)
        {
            lock (Inputs)
                Inputs[args.Type!] = args.Inputs;
            return Task.FromResult<(string?, object)>(($"{args.Name}-id", args.Inputs.SetItem("arn", $"arn:{args.Name}")));
        }
    }

    private sealed class SampleStack : Stack
    {
        public SampleStack()
        {
            var provider = new Pulumi.Aws.Provider("eu", new()
            {
                Region = "eu-west-1",
                MaxRetries = 3,
                DefaultTags = new Pulumi.Aws.Inputs.ProviderDefaultTagsArgs { Tags = { ["Owner"] = "search" } },
            });
            var options = new CustomResourceOptions { Provider = provider };
            _ = new Ec2.SecurityGroup("nodes", new(), options);
            var role = new Iam.Role("cluster", new() { AssumeRolePolicy = Output.Create("{}") }, options);
            _ = new Eks.Cluster(
                "search",
                new()
                {
                    RoleArn = role.Arn,
                    EnabledClusterLogTypes = { "api" },
                    VpcConfig = new Eks.Inputs.ClusterVpcConfigArgs { SubnetIds = { "subnet-1", "subnet-2" } },
                },
                options);
            _ = new Pulumi.Aws.S3.Bucket("models", new() { BucketName = "models" }, options);
            _ = new Kubernetes.Rbac.V1.ClusterRole("reader");
            _ = new Kubernetes.Core.V1.Service("search", new()
            {
                Spec = new Kubernetes.Types.Inputs.Core.V1.ServiceSpecArgs
                {
                    Type = Kubernetes.Core.V1.ServiceSpecType.ClusterIP,
                    Ports =
                    {
                        new Kubernetes.Types.Inputs.Core.V1.ServicePortArgs { Port = 80, TargetPort = 8080 },
                        new Kubernetes.Types.Inputs.Core.V1.ServicePortArgs { Port = 81, TargetPort = "http" },
                    },
                },
            });
            _ = new Kubernetes.ApiExtensions.CustomResource("spot", new NodePoolArgs
            {
                Metadata = new ObjectMetaArgs { Name = "spot" },
                Spec = { ["weight"] = 10 },
            });
            _ = new Seen(Pulumi.Aws.GetRegion.Invoke().Apply(region => region.Region));
        }
    }

    private sealed class NodePoolArgs() : Kubernetes.ApiExtensions.CustomResourceArgs("karpenter.sh/v1", "NodePool")
    {
        [Input("spec")]
        private InputMap<object>? _spec;

        public InputMap<object> Spec => _spec ??= [];
    }

    private sealed class Seen(Input<string> region)
        : CustomResource("aws:ssm/seen:Region", "seen", new SeenArgs { Region = region }, new CustomResourceOptions());

    private sealed class SeenArgs : ResourceArgs
    {
        [Input("region")]
        public Input<string>? Region { get; set; }
    }
}
