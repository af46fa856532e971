using System.Collections.Immutable;
using System.Globalization;
using AkiDb.Infra.Components.Edge;
using AkiDb.Infra.Plan;
using AkiDb.Infra.Plan.Offline;
using AkiDb.Infra.Plan.Values;
using AkiDb.TestKit;
using Aws = Pulumi.Aws;

namespace AkiDb.Infra.Tests.Components.Edge;

public sealed class WarmEmbeddingsTests
{
    private const string Image = "111122223333.dkr.ecr.us-east-1.amazonaws.com/akidb/search-engine-lambda@sha256:0000000000000000000000000000000000000000000000000000000000000000";

    [Fact]
    public async Task Function_IsAnArmContainerThatTheAdapterStarts()
    {
        var function = (await PlanOf()).Only("aws:lambda/function:Function");

        (function.Text("packageType"), function.Text("imageUri"), function.Flag("publish")).Should().Be(("Image", Image, true));
        function.Texts("architectures").Should().Equal("arm64");
        function.Texts("imageConfig.commands").Should().StartWith("serve").And.Contain("embed");
        (function.Text("environment.variables.AWS_LWA_PORT"), function.Text("environment.variables.AWS_LWA_READINESS_CHECK_PATH")).Should().Be(("8080", "/healthz/ready"));
    }

    [Fact]
    public async Task Warmth_IsOnTheAliasAndOwnedByScaling()
    {
        var plan = await PlanOf(busy: new BusyHours("cron(0 9 ? * MON-FRI *)", "cron(0 18 ? * MON-FRI *)", 4));

        var provisioned = plan.Only("aws:lambda/provisionedConcurrencyConfig:ProvisionedConcurrencyConfig");
        (provisioned.Text("qualifier"), provisioned.Number("provisionedConcurrentExecutions")).Should().Be(("warm", 2));
        provisioned.Options.IgnoreChanges.Should().Contain("provisionedConcurrentExecutions");
        var target = plan.Only("aws:appautoscaling/target:Target");
        (target.Text("resourceId"), target.Number("minCapacity"), target.Number("maxCapacity")).Should().Be(("function:akidb-test-embed:warm", 2, 10));
        plan.OfType("aws:appautoscaling/scheduledAction:ScheduledAction").Select(action => (action.Text("schedule"), action.Number("scalableTargetAction.minCapacity")))
            .Should().BeEquivalentTo([("cron(0 9 ? * MON-FRI *)", 4d), ("cron(0 18 ? * MON-FRI *)", 2d)]);
        plan.Only("aws:appautoscaling/policy:Policy").Text("targetTrackingScalingPolicyConfiguration.predefinedMetricSpecification.predefinedMetricType")
            .Should().Be("LambdaProvisionedConcurrencyUtilization");
    }

    [Fact]
    public async Task Role_WritesItsOwnLogAndNothingElse()
    {
        var policy = (await PlanOf()).Only("aws:iam/rolePolicy:RolePolicy").Text("policy");

        policy.Should().Contain(":log-group:/aws/lambda/akidb-test-embed:*").And.Contain("logs:PutLogEvents").And.NotContain("s3:").And.NotContain("kms:");
    }

    [Theory]
    [InlineData("akidb/search-engine:latest", 1, 1769, "an image by digest")]
    [InlineData(Image, 11, 1769, "1 to 10")]
    [InlineData(Image, 0, 1769, "1 to 10")]
    [InlineData(Image, 1, 128, "256 to 10240")]
    public async Task Arguments_ThatCannotWork_AreRefused(string image, int least, int memory, string allowed)
    {
        var plan = () => PlanOf(image, least, memory);

        (await plan.Should().ThrowAsync<EvaluationException>()).Which.Message.Should().Contain("WarmEmbeddings 'warm'").And.Contain(allowed);
    }

    [Fact]
    public async Task Keys_AsManyAsAreAllowed_FitTheEnvironment()
    {
        var function = (await PlanOf(keys: 30)).Only("aws:lambda/function:Function");

        ((MapValue)function.Input("environment.variables")!).Entries.Sum(entry => entry.Key.Length + ((TextValue)entry.Value).Value.Length).Should().BeLessThan(4_096);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(31)]
    public async Task Keys_NoneOrTooMany_AreRefused(int keys)
    {
        var plan = () => PlanOf(keys: keys);

        (await plan.Should().ThrowAsync<EvaluationException>()).Which.Message.Should().Contain("number of KeyHashes").And.Contain("1 to 30");
    }

    private static Task<StackPlan> PlanOf(string image = Image, int least = 2, int memory = 1_769, BusyHours? busy = null, int keys = 1) => ProgramPlan.OfAsync(() =>
    {
        var provider = new Aws.Provider("us-east-1", new Aws.ProviderArgs { Region = "us-east-1" });
        _ = new WarmEmbeddings("warm", new WarmEmbeddingsArgs
        {
            AccountId = ProgramPlan.AccountId,
            NamePrefix = "akidb-test",
            Location = new EdgeLocation("us-east-1", "us-east-1", provider),
            Image = image,
            KeyHashes = Enumerable.Range(0, keys).ToImmutableSortedDictionary(index => index.ToString("x12", CultureInfo.InvariantCulture), _ => new string('a', 64)),
            LogKeyArn = "arn:aws:kms:us-east-1:111122223333:key/2",
            LogRetentionDays = 30,
            LeastWarm = least,
            MemoryMb = memory,
            Busy = busy,
        });
    });
}
