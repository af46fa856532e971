using System.Collections.Immutable;
using AkiDb.Infra.Components.Edge;
using AkiDb.Infra.Plan;
using AkiDb.Infra.Plan.Offline;
using AkiDb.TestKit;
using Pulumi;
using Aws = Pulumi.Aws;

namespace AkiDb.Infra.Tests.Components.Edge;

public sealed class EdgeRestrictionsTests
{
    private static readonly FunctionSettings Allowed = new() { Runtime = "nodejs22.x" };

    public static TheoryData<string, FunctionSettings> Refused => new()
    {
        { "container image", Allowed with { ImageUri = "registry/image@sha256:0" } },
        { "runtime is dotnet10", Allowed with { Runtime = "dotnet10" } },
        { "runtime is none", Allowed with { Runtime = null } },
        { "architecture is arm64", Allowed with { Architecture = FunctionArchitecture.Arm64 } },
        { "environment variables", Allowed with { Environment = ImmutableSortedDictionary<string, Input<string>>.Empty.Add("A", "b") } },
        { "layers", Allowed with { Layers = ["arn:aws:lambda:us-east-1:111122223333:layer:a:1"] } },
        { "VPC", Allowed with { SubnetIds = ["subnet-1"] } },
        { "dead-letter queue", Allowed with { DeadLetterArn = "arn:aws:sqs:us-east-1:111122223333:dead" } },
        { "X-Ray", Allowed with { TracesWithXRay = true } },
        { "provisioned concurrency", Allowed with { WarmEnvironments = 1 } },
        { "key of ours", Allowed with { KeyArn = "arn:aws:kms:us-east-1:111122223333:key/1" } },
        { "file system", Allowed with { FileSystemArn = "arn:aws:elasticfilesystem:us-east-1:111122223333:access-point/1" } },
        { "snapshot", Allowed with { StartsFromSnapshot = true } },
        { "1024 MB of disk", Allowed with { EphemeralStorageMb = 1_024 } },
        { "may run 31 s", Allowed with { Timeout = TimeSpan.FromSeconds(31) } },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task Function_WithWhatTheEdgeLacks_IsRefusedBeforeAnythingIsMade(string reason, FunctionSettings settings)
    {
        var plan = () => PlanOf(Args(settings));

        (await plan.Should().ThrowAsync<EvaluationException>()).Which.Message.Should()
            .Contain("EdgeFunction 'f': Lambda@Edge refuses this function").And.Contain(reason);
    }

    [Fact]
    public async Task Function_InAnotherRegion_IsRefused()
    {
        var plan = () => PlanOf(Args(Allowed, region: "eu-central-1"));

        (await plan.Should().ThrowAsync<EvaluationException>()).Which.Message.Should().Contain("region is eu-central-1");
    }

    [Theory]
    [InlineData(6, 128, "6 s on a viewer event")]
    [InlineData(5, 129, "129 MB on a viewer event")]
    public void Function_OnAViewerEvent_HasNarrowerLimits(int seconds, int memory, string reason)
    {
        var settings = Allowed with { Timeout = TimeSpan.FromSeconds(seconds), MemoryMb = memory };

        EdgeRestrictions.Broken(settings, "us-east-1", [EdgeEvent.ViewerRequest]).Should().ContainSingle().Which.Should().Contain(reason);
        EdgeRestrictions.Broken(settings, "us-east-1", [EdgeEvent.OriginRequest]).Should().BeEmpty();
    }

    [Fact]
    public void Function_WithoutAnEventOrTwiceOnOne_IsRefused()
    {
        EdgeRestrictions.Broken(Allowed, "us-east-1", []).Should().ContainSingle();
        EdgeRestrictions.Broken(Allowed, "us-east-1", [EdgeEvent.OriginRequest, EdgeEvent.OriginRequest]).Should().ContainSingle();
    }

    [Fact]
    public void Function_WithSeveralFaults_HearsOfAllAtOnce() => EdgeRestrictions
        .Broken(Allowed with { Architecture = FunctionArchitecture.Arm64, TracesWithXRay = true, WarmEnvironments = 2 }, "eu-west-1", [EdgeEvent.OriginRequest])
        .Should().HaveCount(4);

    [Fact]
    public async Task Function_OfTheDefaultSettings_IsANumberedX64VersionThatBothServicesMayRun()
    {
        var plan = await PlanOf(Args(Allowed));

        var function = plan.Only("aws:lambda/function:Function");
        function.Texts("architectures").Should().Equal("x86_64");
        function.Flag("publish").Should().BeTrue();
        function.Text("runtime").Should().StartWith("nodejs");
        new[] { "environment", "layers", "vpcConfig", "deadLetterConfig", "tracingConfig", "kmsKeyArn", "imageUri" }.Select(path => function.Input(path)).Should().OnlyContain(input => input == null);
        plan.Only("aws:iam/role:Role").Text("assumeRolePolicy").Should().Contain("\"lambda.amazonaws.com\"").And.Contain("\"edgelambda.amazonaws.com\"");
        plan.Only("aws:cloudwatch/logGroup:LogGroup").Text("name").Should().Be("/aws/lambda/us-east-1.akidb-test-edge");
    }

    private static EdgeFunctionArgs Args(FunctionSettings settings, string region = "us-east-1") => new()
    {
        AccountId = ProgramPlan.AccountId,
        FunctionName = "akidb-test-edge",
        Region = region,
        Settings = settings,
        LogRegions = [],
        LogRetentionDays = 30,
    };

    private static Task<StackPlan> PlanOf(EdgeFunctionArgs args) => ProgramPlan.OfAsync(() =>
    {
        var provider = new Aws.Provider("us-east-1", new Aws.ProviderArgs { Region = "us-east-1" });
        _ = new EdgeFunction("f", new EdgeFunctionArgs
        {
            AccountId = args.AccountId,
            FunctionName = args.FunctionName,
            Region = args.Region,
            Settings = args.Settings,
            LogRegions = [(new EdgeLocation("us-east-1", "us-east-1", provider), "arn:aws:kms:us-east-1:111122223333:key/1")],
            LogRetentionDays = args.LogRetentionDays,
        }, new ComponentResourceOptions { Provider = provider });
    });
}
