using System.Text.Json;
using AkiDb.Infra.Components.Observability;
using AkiDb.Infra.Plan;
using AkiDb.Infra.Plan.Offline;
using AkiDb.Infra.Plan.Values;
using AkiDb.TestKit;

namespace AkiDb.Infra.Tests.Components;

public sealed class EdgeAlarmsTests
{
    private const string Metric = "aws:cloudwatch/metricAlarm:MetricAlarm";
    private const string Topic = "arn:aws:sns:us-east-1:111122223333:akidb-test-alarms";

    [Fact]
    public async Task Latency_AboveAHundredMillisecondsForThreeMinutes_Fires()
    {
        var alarm = (await PlanOf()).Only(Metric, "edge-latency");

        (alarm.Text("namespace"), alarm.Text("metricName"), alarm.Text("extendedStatistic")).Should().Be(("AkiDB/Edge", "InferenceLatency", "p95"));
        (alarm.Number("period"), alarm.Number("evaluationPeriods"), alarm.Number("datapointsToAlarm"), alarm.Number("threshold")).Should().Be((60, 3, 3, 100));
        (alarm.Text("comparisonOperator"), alarm.Text("treatMissingData")).Should().Be(("GreaterThanThreshold", "notBreaching"));
        alarm.Text("dimensions.Function").Should().Be("akidb-test-edge", "environments share accounts, and this one's function is the sum over its tiers");
        ((MapValue)alarm.Input("dimensions")!).Entries.Should().HaveCount(1);
    }

    [Fact]
    public async Task Errors_AboveOnePercentForTwoMinutes_AreASumOverASumThatNeverDividesByZero()
    {
        var alarm = (await PlanOf()).Only(Metric, "edge-errors");

        (alarm.Number("evaluationPeriods"), alarm.Number("threshold")).Should().Be((2, 1));
        var queries = ((ListValue)alarm.Input("metricQueries")!).Items;
        queries.Should().HaveCount(3);
        queries.Where(query => query.At("returnData") == new BooleanValue(true)).Should().ContainSingle()
            .Which.At("expression").Should().Be(new TextValue("IF(requests > 0, 100 * FILL(errors, 0) / requests, 0)"));
        queries.Skip(1).Select(query => (query.At("id"), query.At("metric.metricName"), query.At("metric.stat"), query.At("metric.period"))).Should().Equal(
            (new TextValue("errors"), new TextValue("ErrorCount"), new TextValue("Sum"), new NumberValue(60)),
            (new TextValue("requests"), new TextValue("RequestCount"), new TextValue("Sum"), new NumberValue(60)));
        queries.Skip(1).Should().OnlyContain(query => query.At("metric.dimensions.Function")!.Equals(new TextValue("akidb-test-edge")));
    }

    [Fact]
    public async Task Composite_SpeaksForBothSoThatOneIncidentIsOneMessage()
    {
        var plan = await PlanOf();

        var composite = plan.Only("aws:cloudwatch/compositeAlarm:CompositeAlarm");
        composite.Text("alarmRule").Should().Be("ALARM(\"akidb-test-edge-latency\") OR ALARM(\"akidb-test-edge-errors\")");
        (composite.Texts("alarmActions"), composite.Texts("okActions")).Should().BeEquivalentTo((new[] { Topic }, new[] { Topic }));
        plan.OfType(Metric).Should().OnlyContain(alarm => alarm.Input("alarmActions") == null);
    }

    [Theory]
    [InlineData(0, 1, "SlowMilliseconds")]
    [InlineData(100, 0, "ErrorPercent")]
    public async Task Thresholds_OutOfRange_AreRefusedByName(int milliseconds, double percent, string argument)
    {
        var plan = () => PlanOf(milliseconds, percent);

        (await plan.Should().ThrowAsync<EvaluationException>()).Which.Message.Should().Contain("EdgeAlarms 'edge'").And.Contain(argument);
    }

    [Fact]
    public async Task Production_HasAlarmsTopicAndLogGroupInEveryRegionWhereTheEdgeOfItsPriceClassLogs()
    {
        var plan = await ProductionPlan.Value;
        string[] regions =
        [
            "ap-northeast-1", "ap-northeast-2", "ap-south-1", "ap-southeast-1", "eu-central-1", "eu-west-1", "eu-west-2", "us-east-1", "us-east-2",
            "us-west-1", "us-west-2",
        ];

        var composites = plan.OfType("aws:cloudwatch/compositeAlarm:CompositeAlarm").Where(alarm => alarm.Text("alarmName") == "akidb-prod-edge").ToList();
        composites.Select(alarm => alarm.Region).Should().BeEquivalentTo(regions);
        foreach (var alarm in composites)
            alarm.Texts("alarmActions").Should().Equal($"arn:aws:sns:{alarm.Region}:111122223333:akidb-prod-alarms");
        // A region without a cluster has nobody else to declare the group; Lambda would make it without retention and key.
        plan.OfType("aws:cloudwatch/logGroup:LogGroup").Where(group => group.Text("name") == "/aws/lambda/us-east-1.akidb-prod-edge")
            .Select(group => group.Region).Should().Contain(regions.Except(["us-east-1", "eu-central-1", "ap-northeast-1"]));
    }

    [Fact]
    public async Task Dashboard_ShowsEveryRegionAndAsksTheLogsForFailures()
    {
        var plan = await ProgramPlan.OfAsync(() => _ = new EdgeDashboard("dashboard", new EdgeDashboardArgs
        {
            NamePrefix = "akidb-test",
            FunctionName = "akidb-test-edge",
            Regions = ["us-east-1", "eu-central-1"],
            LogGroup = "/aws/lambda/us-east-1.akidb-test-edge",
        }));

        var widgets = JsonDocument.Parse(plan.Only("aws:cloudwatch/dashboard:Dashboard").Text("dashboardBody")).RootElement.GetProperty("widgets").EnumerateArray().ToList();
        var metrics = widgets.Where(widget => widget.GetProperty("type").GetString() == "metric").ToList();
        metrics.Should().HaveCount(3);
        metrics.SelectMany(widget => widget.GetProperty("properties").GetProperty("metrics").EnumerateArray()).Where(metric => metric.GetArrayLength() > 1)
            .Should().OnlyContain(metric => metric[2].GetString() == "Function" && metric[3].GetString() == "akidb-test-edge");
        widgets.Where(widget => widget.GetProperty("type").GetString() == "log").Select(widget => widget.GetProperty("properties").GetProperty("region").GetString())
            .Should().Equal("us-east-1", "eu-central-1");
        widgets[^1].GetProperty("properties").GetProperty("query").GetString().Should().StartWith("SOURCE '/aws/lambda/us-east-1.akidb-test-edge' | fields");
        // The console's grid is 24 wide; widgets that overlap are moved by it, and the picture is another one.
        var places = widgets.Select(widget => (X: widget.GetProperty("x").GetInt32(), Y: widget.GetProperty("y").GetInt32())).ToList();
        places.Should().OnlyHaveUniqueItems().And.OnlyContain(place => place.X == 0 || place.X == 12);
    }

    [Fact]
    public async Task Topic_TakesMessagesOfThisEnvironmentsAlarmsOnlyAndOnlyByTls()
    {
        var plan = await ProgramPlan.OfAsync(() => _ = new AlarmTopic("alarms", new AlarmTopicArgs
        {
            AccountId = ProgramPlan.AccountId,
            Region = "us-east-1",
            NamePrefix = "akidb-test",
            Emails = ["oncall@example.com"],
        }));

        var statements = PolicyStatements.BySid(plan.Only("aws:sns/topicPolicy:TopicPolicy").Text("policy"));
        statements.Keys.Should().BeEquivalentTo("AlarmsPublish", "DenyHttp");
        var condition = statements["AlarmsPublish"].GetProperty("Condition");
        condition.GetProperty("ArnLike").GetProperty("aws:SourceArn").GetString().Should().Be("arn:aws:cloudwatch:us-east-1:111122223333:alarm:akidb-test-*");
        condition.GetProperty("StringEquals").GetProperty("aws:SourceAccount").GetString().Should().Be("111122223333");
        var key = PolicyStatements.BySid(plan.Only("aws:kms/key:Key").Text("policy"));
        key["PublishersEncrypt"].GetProperty("Principal").GetProperty("Service").GetString().Should().Be("cloudwatch.amazonaws.com");
        plan.Only("aws:sns/topic:Topic").Input("kmsMasterKeyId").Should().NotBeNull();
        plan.Only("aws:sns/topicSubscription:TopicSubscription").Text("endpoint").Should().Be("oncall@example.com");
    }

    private static Task<StackPlan> PlanOf(int milliseconds = 100, double percent = 1) => ProgramPlan.OfAsync(() => _ = new EdgeAlarms("edge", new EdgeAlarmsArgs
    {
        NamePrefix = "akidb-test",
        FunctionName = "akidb-test-edge",
        TopicArn = Topic,
        SlowMilliseconds = milliseconds,
        ErrorPercent = percent,
    }));
}
