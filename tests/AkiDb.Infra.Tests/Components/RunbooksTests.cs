using System.Text.Json;
using AkiDb.Contracts;
using AkiDb.Infra.Components.Observability;
using AkiDb.Infra.Plan;
using AkiDb.Infra.Plan.Values;
using AkiDb.TestKit;

namespace AkiDb.Infra.Tests.Components;

public sealed class RunbooksTests
{
    private const string EdgeTopic = "arn:aws:sns:us-west-2:111122223333:akidb-test-alarms";
    private const string AlarmTopic = "arn:aws:sns:us-east-1:111122223333:akidb-test-alarms";

    [Fact]
    public async Task EveryRunbook_HasAQueueADeadLetterQueueAnIdentityAndAPodOfItsOwn()
    {
        var plan = await PlanOf();

        foreach (var name in RunbookNames.All)
        {
            var queue = plan.Only("aws:sqs/queue:Queue", $"runbooks-{name}");
            var redrive = JsonDocument.Parse(queue.Text("redrivePolicy")).RootElement;
            redrive.GetProperty("deadLetterTargetArn").GetString().Should().Be($"arn:aws:sqs:us-east-1:111122223333:akidb-test-runbook-{name}-dead");
            redrive.GetProperty("maxReceiveCount").GetInt32().Should().Be(3);
            plan.OfType("aws:sqs/queuePolicy:QueuePolicy").Where(policy => policy.Text("queueUrl") == queue.Name || policy.Name.Contains(name, StringComparison.Ordinal))
                .Should().HaveCount(2);
            plan.Only("kubernetes:core/v1:ServiceAccount", $"runbooks-runbook-{name}");
            var pod = plan.Only("kubernetes:apps/v1:Deployment", $"runbooks-runbook-{name}");
            pod.Texts("spec.template.spec.containers[0].args").Take(2).Should().Equal("runbook", name);
        }
    }

    [Theory]
    [InlineData(RunbookNames.EdgeColdStarts, "lambda:GetProvisionedConcurrencyConfig lambda:PutProvisionedConcurrencyConfig", "arn:aws:lambda:us-east-1:111122223333:function:akidb-test-embed:warm")]
    [InlineData(RunbookNames.SpotCascade, "eks:DescribeNodegroup eks:UpdateNodegroupConfig", "arn:aws:eks:us-east-1:111122223333:nodegroup/akidb-test/*/*")]
    [InlineData(RunbookNames.ForecastFalsePositives, "", "")]
    public async Task ARunbook_MayDoItsOwnThingTakeItsOwnMessagesAndAddToTheAuditTrail(string name, string actions, string resource)
    {
        var document = (await PlanOf()).OfType("aws:iam/policy:Policy").Single(policy => policy.Name.Contains($"runbook-{name}", StringComparison.Ordinal)).Text("policy");
        var statements = PolicyStatements.BySid(document);

        Texts(statements["TakeMessages"], "Resource").Should().Equal($"arn:aws:sqs:us-east-1:111122223333:akidb-test-runbook-{name}");
        Texts(statements["AddToAuditTrail"], "Action").Should().Equal("logs:CreateLogStream", "logs:PutLogEvents");
        var own = statements.Where(statement => statement.Key is not ("TakeMessages" or "AddToAuditTrail" or "FindTheNodeGroup")).ToList();
        own.Should().HaveCount(actions.Length == 0 ? 0 : 1);
        if (own.Count == 1)
        {
            string.Join(' ', Texts(own[0].Value, "Action")).Should().Be(actions);
            Texts(own[0].Value, "Resource").Should().Equal(resource);
        }
    }

    [Fact]
    public async Task Limits_AreThePodsArgumentsWhateverAMessageSays()
    {
        var plan = await PlanOf();
        string Arguments(string name) => string.Join(' ', plan.Only("kubernetes:apps/v1:Deployment", $"runbooks-runbook-{name}").Texts("spec.template.spec.containers[0].args").Skip(2));

        Arguments(RunbookNames.EdgeColdStarts).Should().Be("--function akidb-test-embed --alias warm --factor 2 --most 10");
        Arguments(RunbookNames.SpotCascade).Should().Be("--minimum 3 --maximum 10 --desired 5");
        Arguments(RunbookNames.ForecastFalsePositives).Should().Be("--switch predictive-autoscaler");
    }

    [Fact]
    public async Task DryRun_ReachesEveryPod()
    {
        (await PlanOf(dryRun: true)).OfType("kubernetes:apps/v1:Deployment").Should()
            .OnlyContain(pod => pod.Texts("spec.template.spec.containers[0].args").Contains("--dry-run"));
    }

    [Fact]
    public async Task TheForecastsSwitch_IsTheOnlyThingInAClusterThatARunbookMayTouch()
    {
        var rules = ((ListValue)(await PlanOf()).Only("kubernetes:rbac.authorization.k8s.io/v1:Role").Input("rules")!).Items;

        rules.Should().ContainSingle();
        (rules[0].At("resources[0]"), rules[0].At("resourceNames[0]")).Should().Be((new TextValue("configmaps"), new TextValue("predictive-autoscaler")));
    }

    [Fact]
    public async Task Subscriptions_BringARunbookItsOwnMessagesAndEdgeAlarmsTheColdStarts()
    {
        var subscriptions = (await PlanOf()).OfType("aws:sns/topicSubscription:TopicSubscription").ToDictionary(subscription => subscription.Name);

        subscriptions["runbooks-spot-cascade"].Text("filterPolicy").Should().Be("""{"runbook":["spot-cascade"]}""");
        subscriptions.Values.Should().OnlyContain(subscription => subscription.Text("topic").StartsWith($"arn:aws:sns:{subscription.Text("region")}:"),
            "SNS makes a subscription only in its topic's region");
        var edge = subscriptions["runbooks-edge-cold-starts-edge-0"];
        (edge.Text("topic"), edge.Text("filterPolicyScope")).Should().Be((EdgeTopic, "MessageBody"));
        edge.Text("filterPolicy").Should().Be("""{"NewStateValue":["ALARM"],"TriggeringChildren":{"Arn":["arn:aws:cloudwatch:us-west-2:111122223333:alarm:akidb-test-edge-latency"]}}""");
        subscriptions.Should().HaveCount(4);
    }

    [Fact]
    public async Task ColdStarts_InProduction_AreAskedForByAlarmsThatExistWhereTheEdgeIs()
    {
        var plan = await ProductionPlan.Value;
        var composites = plan.OfType("aws:cloudwatch/compositeAlarm:CompositeAlarm").Where(alarm => alarm.Text("alarmName") == "akidb-prod-edge").ToList();
        var asked = plan.OfType("aws:sns/topicSubscription:TopicSubscription").Where(subscription => subscription.Name.Contains("-edge-cold-starts-edge-"))
            .ToDictionary(subscription => subscription.Text("region"), subscription => (Topic: subscription.Text("topic"), Filter: subscription.Text("filterPolicy")));

        asked.Keys.Should().BeEquivalentTo(composites.Select(alarm => alarm.Region), "each region's edge asks one cluster");
        foreach (var composite in composites)
        {
            var (topic, filter) = asked[composite.Region!];
            composite.Texts("alarmActions").Should().Equal(topic);
            var latency = plan.OfType("aws:cloudwatch/metricAlarm:MetricAlarm")
                .Single(alarm => alarm.Region == composite.Region && alarm.Text("name") == "akidb-prod-edge-latency");
            composite.Text("alarmRule").Should().Contain($"ALARM(\"{latency.Text("name")}\")");
            filter.Should().Contain($"arn:aws:cloudwatch:{composite.Region}:111122223333:alarm:{latency.Text("name")}\"");
        }
    }

    [Fact]
    public async Task Queues_TakeFromTheirTopicsOnlyAndNothingByPlainHttp()
    {
        var statements = PolicyStatements.BySid((await PlanOf()).Only("aws:sqs/queuePolicy:QueuePolicy", "runbooks-edge-cold-starts-policy").Text("policy"));

        statements["DenyHttp"].GetProperty("Effect").GetString().Should().Be("Deny");
        statements["TopicsMaySend"].GetProperty("Condition").GetProperty("ArnEquals").GetProperty("aws:SourceArn").EnumerateArray().Select(arn => arn.GetString())
            .Should().Equal("arn:aws:sns:us-east-1:111122223333:akidb-test-runbooks", EdgeTopic);
    }

    [Fact]
    public async Task Alarms_TellWhenTheAutomationFailsOrStandsStill()
    {
        var alarms = (await PlanOf()).OfType("aws:cloudwatch/metricAlarm:MetricAlarm").ToList();

        alarms.Should().HaveCount(6).And.OnlyContain(alarm => alarm.Texts("alarmActions").Single() == AlarmTopic);
        alarms.Select(alarm => (alarm.Text("metricName"), alarm.Text("dimensions.QueueName").EndsWith("-dead", StringComparison.Ordinal))).Distinct()
            .Should().BeEquivalentTo([("ApproximateNumberOfMessagesVisible", true), ("ApproximateAgeOfOldestMessage", false)]);
    }

    [Fact]
    public async Task Pods_StandOnTheBaselineThatASpotCascadeLeaves()
    {
        (await PlanOf()).OfType("kubernetes:apps/v1:Deployment").Select(pod => pod.Texts(
                "spec.template.spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms[0].matchExpressions[0].values").Single())
            .Distinct().Should().Equal(TestCluster.Settings().Spread.BaselineDomain);
    }

    [Fact]
    public async Task Alertmanager_MayAskForRunbooksByTheRoleThatItsPodsHave()
    {
        var policy = (await PlanOf()).Only("aws:iam/rolePolicy:RolePolicy");

        policy.Text("role").Should().Be("monitoring-alertmanager");
        var ask = PolicyStatements.BySid(policy.Text("policy"))["AskForRunbooks"];
        (Texts(ask, "Action").Single(), Texts(ask, "Resource").Single()).Should().Be(("sns:Publish", "arn:aws:sns:us-east-1:111122223333:akidb-test-runbooks"));
    }

    private static List<string> Texts(JsonElement statement, string key) => statement.GetProperty(key) is { ValueKind: JsonValueKind.Array } list
        ? [.. list.EnumerateArray().Select(item => item.GetString()!)]
        : [statement.GetProperty(key).GetString()!];

    private static Task<StackPlan> PlanOf(bool dryRun = false) => ProgramPlan.OfAsync(() => _ = new Runbooks("runbooks", new RunbooksArgs
    {
        Settings = TestCluster.Settings(),
        NamePrefix = "akidb-test",
        AlertmanagerRole = "monitoring-alertmanager",
        TopicArn = AlarmTopic,
        EdgeTopics = [("us-west-2", EdgeTopic)],
        EdgeLatencyAlarm = "akidb-test-edge-latency",
        AuditLogGroup = "/akidb/akidb-test/audit",
        AuditLogGroupArn = "arn:aws:logs:us-east-1:111122223333:log-group:/akidb/akidb-test/audit",
        WarmFunction = "akidb-test-embed",
        DryRun = dryRun,
    }));
}
