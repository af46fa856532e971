using System.Text.Json;
using AkiDb.Infra.Plan;
using AkiDb.Infra.Plan.Json;
using AkiDb.Infra.Plan.Schema;
using AkiDb.TestKit;
using Pulumi;
using Aws = Pulumi.Aws;

namespace AkiDb.Infra.Tests.Plan;

public sealed class SchemaCheckTests
{
    private static readonly SchemaCheck Check = SchemaCheck.Load();

    [Theory]
    // A typo, at the top and nested.
    [InlineData("aws:ec2/vpc:Vpc", """{"cidrBlok": "10.0.0.0/16"}""", "cidrBlok", "'cidrBlock'")]
    [InlineData("aws:eks/cluster:Cluster", """{"roleArn": "r", "vpcConfig": {"subnetIds": [], "endpointPrivateAcess": true}}""", "vpcConfig.endpointPrivateAcess", "'endpointPrivateAccess'")]
    // A missing required input, at the top and nested.
    [InlineData("aws:eks/cluster:Cluster", """{"vpcConfig": {"subnetIds": []}}""", "roleArn", "required")]
    [InlineData("aws:eks/cluster:Cluster", """{"roleArn": "r", "vpcConfig": {}}""", "vpcConfig.subnetIds", "required")]
    // A wrong type: text for a flag, a flag for text, a fraction for a whole number, an object for a list, a list for text.
    [InlineData("aws:ec2/vpc:Vpc", """{"enableDnsSupport": "yes"}""", "enableDnsSupport", "boolean")]
    [InlineData("aws:ec2/vpc:Vpc", """{"cidrBlock": true}""", "cidrBlock", "string")]
    [InlineData("aws:cloudwatch/logGroup:LogGroup", """{"retentionInDays": 30.5}""", "retentionInDays", "integer")]
    [InlineData("aws:eks/cluster:Cluster", """{"roleArn": "r", "vpcConfig": {"subnetIds": {"a": "b"}}}""", "vpcConfig.subnetIds", "list of string")]
    [InlineData("aws:eks/cluster:Cluster", """{"roleArn": "r", "vpcConfig": {"subnetIds": [["nested"]]}}""", "vpcConfig.subnetIds[0]", "string")]
    [InlineData("aws:ec2/vpc:Vpc", """{"tags": {"a": 1}}""", "tags.a", "string")]
    // Kubernetes: a nested path, and a kind that is not the type's.
    [InlineData("kubernetes:apps/v1:Deployment", """{"spec": {"selector": {}, "template": {"spec": {"containers": [{"image": "x"}]}}}}""", "spec.template.spec.containers[0].name", "required")]
    [InlineData("kubernetes:core/v1:Namespace", """{"apiVersion": "v1", "kind": "Namespce"}""", "kind", "'Namespace'")]
    public void Check_OneFault_NamesResourceAndProperty(string type, string inputs, string path, string wanted)
    {
        var violations = Check.Check(PlanOf(type, inputs));

        var violation = violations.Should().ContainSingle().Subject;
        violation.Path.Should().Be(path);
        violation.Wanted.Should().Contain(wanted);
        violation.ToString().Should().Contain("'thing'").And.Contain(type);
    }

    [Theory]
    [InlineData("aws:ec2/vpc:Vpc", """{"cidrBlock": {"$plan": "unknown"}, "tags": {"$plan": "secret"}}""")]
    [InlineData("aws:cloudwatch/logGroup:LogGroup", """{"retentionInDays": 30, "kmsKeyId": "k"}""")]
    [InlineData("kubernetes:karpenter.sh/v1:NodePool", """{"apiVersion": "karpenter.sh/v1", "kind": "NodePool", "spec": {"any": 1}}""")]
    [InlineData("pulumi:providers:aws", """{"region": "us-east-1", "allowedAccountIds": "[\"111122223333\"]", "defaultTags": "{\"tags\":{\"a\":\"b\"}}"}""")]
    public void Check_GoodInputs_HasNoViolation(string type, string inputs) =>
        Check.Check(PlanOf(type, inputs)).Should().BeEmpty();

    [Fact]
    public void Check_ProviderJsonOfAWrongShape_NamesThePathInside() =>
        Check.Check(PlanOf("pulumi:providers:aws", """{"defaultTags": "{\"tag\":{\"a\":\"b\"}}"}"""))
            .Should().ContainSingle().Which.Path.Should().Be("defaultTags.tag");

    [Fact]
    public void Check_TypeOutsideTheSlice_SaysHowToAddIt() =>
        Check.Check(PlanOf("aws:neptune/cluster:Cluster", "{}"))
            .Should().ContainSingle().Which.Wanted.Should().Contain("./akidb sdk add aws:neptune/cluster:Cluster");

    [Fact]
    public void Check_TwoFaults_ReportsBoth() =>
        Check.Check(PlanOf("aws:ec2/vpc:Vpc", """{"cidrBlok": "10.0.0.0/16", "enableDnsSupport": "yes"}""")).Should().HaveCount(2);

    [Fact]
    public void Check_TheSameUrnTwice_IsAViolation()
    {
        var plan = PlanOf("aws:ec2/vpc:Vpc", "{}");

        Check.Check(plan with { Resources = [.. plan.Resources, .. plan.Resources] })
            .Should().ContainSingle().Which.Found.Should().Be("two resources of this URN");
    }

    [Fact]
    public async Task Check_TypoInAProgram_IsReported()
    {
        var plan = await ProgramPlan.OfAsync(() => _ = new HandMadeVpc("hand-made"));

        Check.Check(plan).Should().ContainSingle().Which.ToString().Should()
            .Be("aws:ec2/vpc:Vpc 'hand-made' cidrBlok: found a property that does not exist; want 'cidrBlock'.");
    }

    [Fact]
    public async Task Check_ProgramOfTypedResources_HasNoViolation()
    {
        var plan = await ProgramPlan.OfAsync(() => _ = new Aws.Ec2.Vpc("vpc", new Aws.Ec2.VpcArgs { CidrBlock = "10.0.0.0/16" }));

        Check.Check(plan).Should().BeEmpty();
    }

    private static StackPlan PlanOf(string type, string inputs)
    {
        using var json = JsonDocument.Parse(inputs);
        return new StackPlan
        {
            Project = "akidb",
            Stack = "test",
            Source = PlanSource.PulumiPreview,
            Resources =
            [
                new PlannedResource
                {
                    Urn = ResourceUrn.Root("test", "akidb").Child(type, "thing"),
                    IsCustom = true,
                    Inputs = PlanValueJson.ReadMap(json.RootElement),
                },
            ],
        };
    }

    private sealed class HandMadeVpcArgs : ResourceArgs
    {
        [Input("cidrBlok")]
        public Input<string> Block { get; set; } = "10.0.0.0/16";
    }

    private sealed class HandMadeVpc(string name) : CustomResource("aws:ec2/vpc:Vpc", name, new HandMadeVpcArgs(), null);
}
