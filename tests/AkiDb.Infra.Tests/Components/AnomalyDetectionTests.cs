using System.Text.Json;
using AkiDb.Infra.Components.Observability;
using AkiDb.Infra.Plan;
using AkiDb.Infra.Plan.Offline;
using AkiDb.TestKit;

namespace AkiDb.Infra.Tests.Components;

public sealed class AnomalyDetectionTests
{
    private const string Topic = "arn:aws:sns:us-east-1:111122223333:akidb-test-alarms";

    [Fact]
    public async Task Alarms_StandOnEachGoldenSignalAndOnTheDetectorsSilence()
    {
        var alarms = (await PlanOf()).OfType("aws:cloudwatch/metricAlarm:MetricAlarm").ToDictionary(alarm => alarm.Text("metricName"));

        alarms.Keys.Should().BeEquivalentTo("LatencyAnomaly", "ErrorAnomaly", "ThroughputAnomaly", "Judgements");
        alarms.Values.Should().OnlyContain(alarm => alarm.Text("namespace") == "AkiDB/Anomalies" && alarm.Number("period") == 300
            && alarm.Text("dimensions.Cluster") == "akidb-test" && alarm.Texts("alarmActions").Single() == Topic);
        var silence = alarms["Judgements"];
        (silence.Text("treatMissingData"), silence.Text("comparisonOperator"), silence.Number("datapointsToAlarm")).Should()
            .Be(("breaching", "LessThanThreshold", 3), "a quarter of an hour without a judgement is a fault of its own");
        alarms["LatencyAnomaly"].Number("datapointsToAlarm").Should().Be(2, "one sample outside a 95 % interval is chance");
    }

    [Fact]
    public async Task Detector_ReadsModelsAndTellsOneNamespaceAndTheTrainingWritesModels()
    {
        var plan = await PlanOf();
        Dictionary<string, JsonElement> Of(string app) =>
            PolicyStatements.BySid(plan.Only("aws:iam/policy:Policy", $"anomalies-{app}-access").Text("policy"));

        Of("anomaly-detector").Keys.Should().BeEquivalentTo("ReadModels", "ListModels", "DecryptModels", "TellCloudWatch");
        Of("anomaly-detector")["TellCloudWatch"].GetProperty("Condition").GetProperty("StringEquals").GetProperty("cloudwatch:namespace").GetString()
            .Should().Be("AkiDB/Anomalies");
        Of("anomaly-detector")["ListModels"].GetProperty("Condition").GetProperty("StringLike").GetProperty("s3:prefix").GetString().Should().Be("anomaly/*");
        Of("anomaly-detector-training").Keys.Should().BeEquivalentTo("ReadModels", "ListModels", "DecryptModels", "WriteModels", "EncryptModels");
        Of("anomaly-detector-training")["WriteModels"].GetProperty("Resource").GetString().Should().Be("arn:aws:s3:::models/anomaly/*");
    }

    [Fact]
    public async Task Training_RunsWeeklyOneAtATimeAndNotForEver()
    {
        var job = (await PlanOf()).Only("kubernetes:batch/v1:CronJob");

        (job.Text("spec.schedule"), job.Text("spec.timeZone"), job.Text("spec.concurrencyPolicy")).Should().Be(("0 3 * * sun", "Etc/UTC", "Forbid"));
        job.Number("spec.jobTemplate.spec.activeDeadlineSeconds").Should().Be(3600);
    }

    [Fact]
    public async Task Schedule_ThatIsNotCron_IsRefused()
    {
        var plan = () => PlanOf("weekly");

        (await plan.Should().ThrowAsync<EvaluationException>()).Which.Message.Should().Contain("TrainAt is 'weekly'");
    }

    private static Task<StackPlan> PlanOf(string trainAt = "0 3 * * sun") => ProgramPlan.OfAsync(() => _ = new AnomalyDetection("anomalies", new AnomalyDetectionArgs
    {
        Settings = TestCluster.Settings(),
        NamePrefix = "akidb-test",
        ModelBucket = "models",
        ModelKeyArn = "arn:aws:kms:us-east-1:111122223333:key/1",
        TopicArn = Topic,
        TrainAt = trainAt,
    }));
}
