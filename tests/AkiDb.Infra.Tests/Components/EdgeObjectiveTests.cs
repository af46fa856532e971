using System.Collections.Immutable;
using AkiDb.Infra.Components.Observability;
using AkiDb.Infra.Plan;
using AkiDb.Infra.Plan.Offline;
using AkiDb.Infra.Plan.Values;
using AkiDb.TestKit;

namespace AkiDb.Infra.Tests.Components;

public sealed class EdgeObjectiveTests
{
    private const string Objective = "aws-native:applicationsignals:ServiceLevelObjective";
    private const string Metric = "aws:cloudwatch/metricAlarm:MetricAlarm";

    [Fact]
    public async Task Objective_CountsErrorsAmongTheEdgesOwnRequestsOverThirtyDays()
    {
        var objective = (await PlanOf()).Only(Objective);

        (objective.Number("goal.attainmentGoal"), objective.Number("goal.interval.rollingInterval.duration"), objective.Text("goal.interval.rollingInterval.durationUnit"))
            .Should().Be((99.95, 30, "DAY"));
        objective.Input("sli").Should().BeNull("an objective has one of the two kinds of indicator");
        var total = List(objective, "requestBasedSli.requestBasedSliMetric.totalRequestCountMetric").Should().ContainSingle().Subject;
        new[] { total.At("metricStat.metric.namespace"), total.At("metricStat.metric.metricName"), total.At("metricStat.stat") }
            .Should().Equal(new TextValue("AkiDB/Edge"), new TextValue("RequestCount"), new TextValue("Sum"));
        (total.At("metricStat.metric.dimensions[0].name"), total.At("metricStat.metric.dimensions[0].value")).Should().Be((new TextValue("Function"), new TextValue("akidb-test-edge")));
        var bad = List(objective, "requestBasedSli.requestBasedSliMetric.monitoredRequestCountMetric.badCountMetric");
        bad.Where(query => query.At("returnData") == new BooleanValue(true)).Should().ContainSingle()
            .Which.At("expression").Should().Be(new TextValue("FILL(errors, 0)"), "a minute without errors has no error metric");
    }

    [Fact]
    public async Task Objective_KnowsTheBurnRatesOfEveryWindowOfTheWorkbook() =>
        List((await PlanOf()).Only(Objective), "burnRateConfigurations").Select(window => ((NumberValue)window.At("lookBackWindowMinutes")!).Value)
            .Should().Equal(5, 30, 60, 120, 360, 1_440, 4_320);

    [Fact]
    public async Task Alarm_SpeaksOnlyWhenTheFastBurnHoldsOverBothWindows()
    {
        var plan = await PlanOf();

        plan.Only("aws:cloudwatch/compositeAlarm:CompositeAlarm").Text("alarmRule").Should()
            .Be("ALARM(\"akidb-test-edge-budget-burn-60m\") AND ALARM(\"akidb-test-edge-budget-burn-5m\")");
        plan.OfType(Metric).Should().HaveCount(2).And.OnlyContain(alarm =>
            alarm.Number("threshold") == 14.4 && alarm.Text("dimensions.SloName") == "akidb-test-edge-availability" && alarm.Input("alarmActions") == null);
        plan.OfType(Metric).Select(alarm => alarm.Text("dimensions.BurnRateWindowMinutes")).Should().BeEquivalentTo("60", "5");
    }

    [Theory]
    [InlineData(90)]
    [InlineData(100)]
    public async Task Goal_OutOfRange_IsRefusedByName(double goal)
    {
        var plan = () => PlanOf(goal);

        (await plan.Should().ThrowAsync<EvaluationException>()).Which.Message.Should().Contain("EdgeObjective 'edge'").And.Contain("GoalPercent");
    }

    private static ImmutableArray<PlanValue> List(PlannedResource resource, string path) => ((ListValue)resource.Input(path)!).Items;

    private static Task<StackPlan> PlanOf(double goal = 99.95) => ProgramPlan.OfAsync(() => _ = new EdgeObjective("edge", new EdgeObjectiveArgs
    {
        NamePrefix = "akidb-test",
        FunctionName = "akidb-test-edge",
        TopicArn = "arn:aws:sns:us-east-1:111122223333:akidb-test-alarms",
        GoalPercent = goal,
    }));
}
