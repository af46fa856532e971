using System.Collections.Immutable;
using System.Text.Json;
using AkiDb.Infra.Components.Observability;
using AkiDb.Infra.Plan;
using AkiDb.Infra.Plan.Offline;
using AkiDb.Infra.Plan.Values;
using AkiDb.TestKit;
using Pulumi;

namespace AkiDb.Infra.Tests.Components;

public sealed class ClusterLogsTests
{
    private const string Key = "arn:aws:kms:us-east-1:111122223333:key/1";
    private const string Topic = "arn:aws:sns:us-east-1:111122223333:akidb-test-alarms";

    [Fact]
    public async Task Groups_AreEncryptedAndKeepTheAuditTrailLonger()
    {
        var groups = (await PlanOf()).OfType("aws:cloudwatch/logGroup:LogGroup").ToDictionary(group => group.Text("name"));

        groups.Should().HaveCount(2);
        groups.Values.Should().OnlyContain(group => group.Text("kmsKeyId") == Key);
        (groups["/akidb/akidb-test/workloads"].Number("retentionInDays"), groups["/akidb/akidb-test/audit"].Number("retentionInDays")).Should().Be((90, 731));
    }

    [Fact]
    public async Task Shipper_ReadsOurNamespacesAndWritesOneGroupThatIsThere()
    {
        using var file = JsonDocument.Parse((await PlanOf()).Only("kubernetes:core/v1:ConfigMap").Text("data[\"fluent-bit.yaml\"]"));
        var pipeline = file.RootElement.GetProperty("pipeline");

        pipeline.GetProperty("inputs")[0].GetProperty("path").GetString().Should().Be("/var/log/containers/*_akidb_*.log,/var/log/containers/*_monitoring_*.log");
        var output = pipeline.GetProperty("outputs")[0];
        output.GetProperty("log_group_name").GetString().Should().Be("/akidb/akidb-test/workloads");
        output.GetProperty("auto_create_group").GetString().Should().Be("off", "a group it made would have no key and no retention");
        file.RootElement.GetProperty("service").GetProperty("http_port").GetInt32().Should().Be(2020);
    }

    [Fact]
    public async Task Shipper_IsNobodyWithTheGroupThatMayReadLogsAndSeesTheNodeReadOnly()
    {
        var shipper = (await PlanOf()).Only("kubernetes:apps/v1:DaemonSet");

        shipper.Text("metadata.namespace").Should().Be("kube-system");
        (shipper.Flag("spec.template.spec.securityContext.runAsNonRoot"), shipper.Number("spec.template.spec.securityContext.runAsGroup")).Should().Be((true, 0));
        var mounts = ((ListValue)shipper.Input("spec.template.spec.containers[0].volumeMounts")!).Items;
        mounts.Single(mount => mount.At("mountPath") == new TextValue("/var/log")).At("readOnly").Should().Be(new BooleanValue(true));
        shipper.Texts("spec.template.spec.containers[0].command").Should().Equal("/fluent-bit/bin/fluent-bit");
    }

    [Fact]
    public async Task Alarms_CountErrorLinesByMetricFilters()
    {
        var plan = await PlanOf();

        plan.OfType("aws:cloudwatch/logMetricFilter:LogMetricFilter").Select(filter => (filter.Text("metricTransformation.name"), filter.Text("pattern"))).Should().BeEquivalentTo(
        [
            ("Errors", """{ ($.LogLevel = "Error") || ($.LogLevel = "Critical") }"""),
            ("Crashes", """{ $.LogLevel = "Critical" }"""),
        ]);
        plan.OfType("aws:cloudwatch/metricAlarm:MetricAlarm").Select(alarm => (alarm.Text("metricName"), alarm.Number("threshold"), alarm.Number("evaluationPeriods")))
            .Should().BeEquivalentTo([("Errors", 50.0, 2.0), ("Crashes", 0.0, 1.0)]);
        plan.OfType("aws:cloudwatch/metricAlarm:MetricAlarm").Select(alarm => alarm.Text("namespace"))
            .Concat(plan.OfType("aws:cloudwatch/logMetricFilter:LogMetricFilter").Select(filter => filter.Text("metricTransformation.namespace")))
            .Should().HaveCount(4).And.OnlyContain(space => space == "AkiDB/Logs/akidb-test", "another cluster's lines must not count");
    }

    [Fact]
    public async Task Queries_AskTheGroupThatHoldsTheAnswer()
    {
        var queries = (await PlanOf()).OfType("aws:cloudwatch/queryDefinition:QueryDefinition").ToDictionary(query => query.Text("name"), query => query.Texts("logGroupNames").Single());

        queries.Should().HaveCount(7);
        queries["akidb-test/runbook-audit"].Should().Be("/akidb/akidb-test/audit");
        queries["akidb-test/who-changed-what"].Should().Be("/aws/eks/akidb-test/cluster");
        queries["akidb-test/errors-by-service"].Should().Be("/akidb/akidb-test/workloads");
    }

    [Theory]
    [InlineData(45, "RetentionDays")]
    public async Task Retention_ThatCloudWatchDoesNotHave_IsRefused(int days, string argument)
    {
        var plan = () => PlanOf(days);

        (await plan.Should().ThrowAsync<EvaluationException>()).Which.Message.Should().Contain("ClusterLogs 'logs'").And.Contain($"{argument} is '45'");
    }

    [Fact]
    public async Task Archive_MovesLogsToGlacierAndDeletesThemAtTheEnd()
    {
        var plan = await ArchiveOf(1096);

        var rule = plan.Only("aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration").Input("rules[0]")!;
        ((ListValue)rule.At("transitions")!).Items.Select(transition => (transition.At("days"), transition.At("storageClass"))).Should().Equal(
            (new NumberValue(30), new TextValue("GLACIER_IR")), (new NumberValue(180), new TextValue("DEEP_ARCHIVE")));
        rule.At("expiration.days").Should().Be(new NumberValue(1096));
        plan.Only("aws:s3/bucketLogging:BucketLogging").Text("targetBucket").Should().Be("akidb-test-logs");
        plan.Only("aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration")
            .Text("rules[0].applyServerSideEncryptionByDefault.kmsMasterKeyId").Should().Be(Key);
        plan.OfType("aws:cloudwatch/logSubscriptionFilter:LogSubscriptionFilter").Should().HaveCount(2)
            .And.OnlyContain(filter => filter.Text("destinationArn") == "arn:aws:firehose:us-east-1:111122223333:deliverystream/akidb-test-log-archive");
    }

    [Fact]
    public async Task Archive_WriterMayWriteItsBucketAndTheSenderItsStream()
    {
        var policies = (await ArchiveOf(1096)).OfType("aws:iam/rolePolicy:RolePolicy").ToDictionary(policy => policy.Name, policy => PolicyStatements.BySid(policy.Text("policy")));

        policies["archive-writer"]["WriteArchive"].GetProperty("Resource").GetString().Should().Be("arn:aws:s3:::akidb-test-log-archive-111122223333-us-east-1/*");
        policies["archive-sender"].Keys.Should().Equal("SendToArchive");
    }

    [Fact]
    public async Task Archive_ThatFallsAnHourBehind_IsTold() =>
        ((await ArchiveOf(1096)).Only("aws:cloudwatch/metricAlarm:MetricAlarm") is { } alarm
            ? (alarm.Text("metricName"), alarm.Number("threshold"))
            : default).Should().Be(("DeliveryToS3.DataFreshness", 3600));

    [Fact]
    public async Task Archive_ForLessThanDeepArchiveBills_IsRefused()
    {
        var plan = () => ArchiveOf(90);

        (await plan.Should().ThrowAsync<EvaluationException>()).Which.Message.Should().Contain("KeepDays is '90'");
    }

    private static Task<StackPlan> PlanOf(int days = 90) => ProgramPlan.OfAsync(() => _ = new ClusterLogs("logs", new ClusterLogsArgs
    {
        Settings = TestCluster.Settings(),
        Name = "akidb-test",
        NamePrefix = "akidb-test",
        LogKeyArn = Key,
        RetentionDays = days,
        TopicArn = Topic,
    }));

    private static Task<StackPlan> ArchiveOf(int days) => ProgramPlan.OfAsync(() => _ = new LogArchive("archive", new LogArchiveArgs
    {
        AccountId = ProgramPlan.AccountId,
        Region = "us-east-1",
        NamePrefix = "akidb-test",
        KeyArn = Key,
        Groups = ImmutableSortedDictionary<string, Output<string>>.Empty
            .Add("workloads", Output.Create("/akidb/akidb-test/workloads")).Add("audit", Output.Create("/akidb/akidb-test/audit")),
        LogBucket = "akidb-test-logs",
        KeepDays = days,
        TopicArn = Topic,
    }));
}
