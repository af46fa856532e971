using System.Text.Json;
using AkiDb.Infra.Cli.Environments;
using AkiDb.Infra.Components.Observability;
using AkiDb.Infra.Plan;
using AkiDb.Infra.Plan.Offline;
using AkiDb.Infra.Stacks.Settings;
using AkiDb.TestKit;
using Pulumi;
using AwsNative = Pulumi.AwsNative;

namespace AkiDb.Infra.Tests.Components;

public sealed class XRaySettingsTests
{
    [Fact]
    public async Task Rules_SayOnlyWhatIsKnownBeforeARequestEnds()
    {
        var plan = await PlanOf();

        plan.OfType("aws:xray/samplingRule:SamplingRule").Select(rule => (rule.Text("urlPath"), rule.Number("fixedRate"))).Should()
            .BeEquivalentTo([("/healthz/*", 0.0), ("*", 1.0)]);
        plan.OfType("aws:xray/group:Group").Select(group => group.Text("filterExpression")).Should()
            .BeEquivalentTo("error = true OR fault = true", "responsetime > 0.1");
        plan.OfType("aws-native:xray:TransactionSearchConfig").Should().BeEmpty();
    }

    [Fact]
    public async Task TransactionSearch_TurnedOn_LetsXRayWriteSpansOfThisAccountFirst()
    {
        var plan = await PlanOf(indexPercent: 1);

        var search = plan.Only("aws-native:xray:TransactionSearchConfig");
        search.Number("indexingPercentage").Should().Be(1);
        var policy = plan.Only("aws:cloudwatch/logResourcePolicy:LogResourcePolicy");
        search.Dependencies.Should().Contain(policy.Urn.ToString());
        var statement = JsonDocument.Parse(policy.Text("policyDocument")).RootElement.GetProperty("Statement")[0];
        statement.GetProperty("Resource").EnumerateArray().Select(arn => arn.GetString()).Should().Equal(
            "arn:aws:logs:eu-central-1:111122223333:log-group:aws/spans:*",
            "arn:aws:logs:eu-central-1:111122223333:log-group:/aws/application-signals/data:*");
        statement.GetProperty("Condition").GetProperty("StringEquals").GetProperty("aws:SourceAccount").GetString().Should().Be("111122223333");
    }

    [Theory]
    [InlineData(200, 100, "IndexPercent")]
    [InlineData(null, 0, "SlowMilliseconds")]
    public async Task Numbers_OutOfRange_AreRefusedByName(int? indexPercent, int slowMilliseconds, string argument)
    {
        var plan = () => PlanOf(indexPercent, slowMilliseconds);

        (await plan.Should().ThrowAsync<EvaluationException>()).Which.Message.Should().Contain("XRaySettings 'xray'").And.Contain(argument);
    }

    [Fact]
    public async Task Clusters_OfOneRegion_ShareTheSettingsWhichAreTheRegions()
    {
        var config = new Dictionary<string, string>(StackConfiguration.Read(RepositoryFolder.At("Pulumi.staging.yaml")))
        {
            ["akidb:regions"] = """
                [{"region":"us-east-1","cidr":"10.0.0.0/16","zoneIds":["use1-az1","use1-az2","use1-az4"]},
                 {"region":"us-east-1","name":"us-east-1-b","cidr":"10.1.0.0/16","zoneIds":["use1-az1","use1-az2","use1-az4"]}]
                """,
        };

        var plan = await PlanProvider.EvaluateAsync(EnvironmentSettings.Load("staging", config));

        plan.OfType("kubernetes:apps/v1:DaemonSet").Count(agent => agent.Name.EndsWith("-otel-agent", StringComparison.Ordinal)).Should().Be(2);
        plan.OfType("aws:xray/group:Group").Select(group => group.Text("groupName")).Should().BeEquivalentTo("akidb-staging-errors", "akidb-staging-slow");
        plan.OfType("aws:xray/samplingRule:SamplingRule").Select(rule => rule.Text("ruleName")).Should().BeEquivalentTo("akidb-staging-probes", "akidb-staging-services");
        plan.OfType("aws:cloudwatch/logMetricFilter:LogMetricFilter").Select(filter => (filter.Text("metricTransformation.namespace"), filter.Text("metricTransformation.name")))
            .Should().HaveCount(4).And.OnlyHaveUniqueItems("each cluster counts its own lines");
    }

    private static Task<StackPlan> PlanOf(int? indexPercent = null, int slowMilliseconds = 100) => ProgramPlan.OfAsync(() => _ = new XRaySettings("xray", new XRaySettingsArgs
    {
        AccountId = ProgramPlan.AccountId,
        Region = "eu-central-1",
        NamePrefix = "akidb-test",
        SlowMilliseconds = slowMilliseconds,
        IndexPercent = indexPercent,
    }, new ComponentResourceOptions { Providers = [new AwsNative.Provider("native", new AwsNative.ProviderArgs { Region = "eu-central-1" })] }));
}
