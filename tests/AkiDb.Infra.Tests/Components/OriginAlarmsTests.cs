using AkiDb.Infra.Components.Observability;
using AkiDb.Infra.Plan.Offline;
using AkiDb.TestKit;

namespace AkiDb.Infra.Tests.Components;

public sealed class OriginAlarmsTests
{
    private const string Metric = "aws:cloudwatch/metricAlarm:MetricAlarm";

    [Fact]
    public async Task Production_DistributionErrors_AreCountedWhereverTheyWereMade()
    {
        var plan = await ProductionPlan.Value;

        var alarm = plan.Only(Metric, "origin-alarms-answers");
        (alarm.Region, alarm.Text("namespace"), alarm.Text("metricName"), alarm.Text("statistic")).Should().Be(("us-east-1", "AWS/CloudFront", "5xxErrorRate", "Average"));
        (alarm.Number("period"), alarm.Number("datapointsToAlarm"), alarm.Number("threshold"), alarm.Text("comparisonOperator")).Should().Be((60, 2, 1, "GreaterThanThreshold"));
        alarm.Text("dimensions.Region").Should().Be("Global");
        alarm.Dependencies.Should().Contain(plan.Only("aws:cloudfront/distribution:Distribution").Urn.ToString());
        alarm.Texts("alarmActions").Should().Equal("arn:aws:sns:us-east-1:111122223333:akidb-prod-alarms");
    }

    [Theory]
    [InlineData("us-east-1")]
    [InlineData("eu-central-1")]
    [InlineData("ap-northeast-1")]
    public async Task Production_ARegionThatDoesNotAnswer_RingsInUsEast1(string region)
    {
        var plan = await ProductionPlan.Value;

        var alarm = plan.Only(Metric, $"origin-alarms-{region}");
        (alarm.Region, alarm.Text("namespace"), alarm.Text("metricName")).Should().Be(("us-east-1", "AWS/Route53", "HealthCheckStatus"));
        (alarm.Text("comparisonOperator"), alarm.Number("threshold"), alarm.Text("statistic"), alarm.Text("treatMissingData"))
            .Should().Be(("LessThanThreshold", 1, "Minimum", "breaching"), "1 is healthy");
        alarm.Dependencies.Should().Contain(plan.Only("aws:route53/healthCheck:HealthCheck", $"origins-{region}").Urn.ToString());
        alarm.Texts("alarmActions").Should().Equal("arn:aws:sns:us-east-1:111122223333:akidb-prod-alarms");
    }

    [Theory]
    [InlineData(0, 1, "ErrorPercent")]
    [InlineData(1, 0, "HealthChecks")]
    public async Task Arguments_ThatWatchNothing_AreRefused(double percent, int checks, string argument)
    {
        var plan = () => ProgramPlan.OfAsync(() => _ = new OriginAlarms("alarms", new OriginAlarmsArgs
        {
            NamePrefix = "akidb-test",
            TopicArn = "arn:aws:sns:us-east-1:111122223333:akidb-test-alarms",
            DistributionId = "E1",
            HealthChecks = [.. Enumerable.Range(0, checks).Select(_ => new OriginHealthCheck("us-east-1", "check"))],
            ErrorPercent = percent,
        }));

        (await plan.Should().ThrowAsync<EvaluationException>()).Which.Message.Should().Contain("OriginAlarms 'alarms'").And.Contain(argument);
    }
}
