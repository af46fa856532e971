using AkiDb.Contracts;
using AkiDb.Infra.Components.Identity;
using AkiDb.Infra.Components.Kubernetes;
using AkiDb.Infra.Components.Workloads;
using Pulumi;
using Pulumi.Kubernetes.Types.Inputs.Batch.V1;
using Aws = Pulumi.Aws;
using K8s = Pulumi.Kubernetes;

namespace AkiDb.Infra.Components.Observability;

/// <summary>
/// Judges latency, errors and throughput of one cluster every five minutes against what the hour of the week leads one to expect, and
/// trains its models anew every week. A pod beside Prometheus, not a function on a schedule: it needs no path into the cluster, is
/// scraped like every service, and costs no 8,760 cold starts a month.
/// </summary>
/// <remarks>Its alarms stand in CloudWatch, outside of what it judges; one of them fires when the judgements stop.</remarks>
public sealed class AnomalyDetection : ComponentResource
{
    private const string App = ServiceNames.AnomalyDetector;
    private const string Training = $"{App}-training";
    private const string ModelKeys = "anomaly/*";
    private const int FiveMinutes = 300;

    private readonly AnomalyDetectionArgs _args;
    private readonly WorkloadParts _parts;

    /// <summary>Declares detector, training and alarms.</summary>
    /// <exception cref="ArgumentException">A schedule that is not five cron fields.</exception>
    public AnomalyDetection(string name, AnomalyDetectionArgs args, ComponentResourceOptions? options = null)
        : base("akidb:observability:AnomalyDetection", name, args, options)
    {
        ComponentArgument.Require(args.TrainAt.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length == 5,
            $"AnomalyDetection '{name}'", nameof(args.TrainAt), args.TrainAt, "five cron fields in UTC, such as 0 3 * * sun");
        _args = args;
        _parts = new WorkloadParts(this, name, args.Settings.After);
        CreateDetector();
        CreateTraining(name);
        CreateAlarms(name);
        RegisterOutputs();
    }

    private Output<string> Bucket => _args.ModelBucket.Apply(bucket => $"arn:aws:s3:::{bucket}");

    private Output<string> Models => Output.Format($"{Bucket}/{ModelKeys}");

    private void CreateDetector()
    {
        _parts.Account(App);
        _parts.Identity(App, _args.Settings,
        [
            ReadModels(),
            ListModels(),
            Decrypt(),
            new PolicyStatement
            {
                Sid = "TellCloudWatch",
                Actions = ["cloudwatch:PutMetricData"],
                // The action knows no resources; the namespace is what it can be held to.
                Resources = { "*" },
                Conditions = [new PolicyCondition("StringEquals", "cloudwatch:namespace", AnomalyCloudMetricNames.Namespace)],
            },
        ]);
        _parts.Deployment(Pod(App, "detect") with { TraceEndpoint = _args.Settings.TraceEndpoint }, replicas: 1);
        _parts.DisruptionBudget(App);
        _parts.Paths(App, Paths(_args.Settings.TraceEndpoint is not null));
    }

    private void CreateTraining(string name)
    {
        _parts.Account(Training);
        _parts.Identity(Training, _args.Settings,
        [
            ReadModels(),
            ListModels(),
            Decrypt(),
            new PolicyStatement { Sid = "WriteModels", Actions = ["s3:PutObject"], Resources = { Models } },
            new PolicyStatement { Sid = "EncryptModels", Actions = ["kms:GenerateDataKey"], Resources = { _args.ModelKeyArn } },
        ]);
        _ = new K8s.Batch.V1.CronJob($"{name}-{Training}", new CronJobArgs
        {
            Metadata = ObjectMetadata.InAkiDb(Training),
            Spec = new CronJobSpecArgs
            {
                Schedule = _args.TrainAt,
                TimeZone = "Etc/UTC",
                ConcurrencyPolicy = "Forbid",
                // A week is long: a start that was missed may come up to an hour later.
                StartingDeadlineSeconds = 3600,
                JobTemplate = new JobTemplateSpecArgs
                {
                    Spec = new JobSpecArgs
                    {
                        BackoffLimit = 3,
                        ActiveDeadlineSeconds = 3600,
                        Template = (Pod(Training, "train") with { RunsToCompletion = true, Cpu = "1000m", Memory = "1Gi" }).Template(),
                    },
                },
            },
        }, _parts.Options);
        _parts.Paths(Training, Paths(traces: false));
    }

    private void CreateAlarms(string name)
    {
        Signal(AnomalyCloudMetricNames.Latency, "latency", "The latency has left the interval of its season");
        Signal(AnomalyCloudMetricNames.Errors, "errors", "The share of errors has left the interval of its season");
        Signal(AnomalyCloudMetricNames.Throughput, "throughput", "The traffic has left the interval of its season");
        Alarm("silent", AnomalyCloudMetricNames.Judgements, "Nobody has judged the golden signals for a quarter of an hour", periods: 3,
            "LessThanThreshold", missing: "breaching");

        // Two of three: one sample of five minutes outside a 95 % interval is what chance does once in twenty.
        void Signal(string metric, string signal, string text) => Alarm(signal, metric, text, periods: 2, "GreaterThanOrEqualToThreshold", missing: "notBreaching");

        void Alarm(string alarm, string metric, string text, int periods, string comparison, string missing) =>
            _ = new Aws.CloudWatch.MetricAlarm($"{name}-{alarm}", new Aws.CloudWatch.MetricAlarmArgs
            {
                Name = $"{_args.NamePrefix}-anomaly-{alarm}",
                AlarmDescription = text,
                Namespace = AnomalyCloudMetricNames.Namespace,
                MetricName = metric,
                Dimensions = { [AnomalyCloudMetricNames.Cluster] = _args.Settings.ClusterName },
                Statistic = "Maximum",
                Period = FiveMinutes,
                EvaluationPeriods = 3,
                DatapointsToAlarm = periods,
                Threshold = 1,
                ComparisonOperator = comparison,
                TreatMissingData = missing,
                AlarmActions = { _args.TopicArn },
                OkActions = { _args.TopicArn },
            }, new CustomResourceOptions { Parent = this });
    }

    private ServicePod Pod(string app, string command) => new()
    {
        App = app,
        Image = _args.Settings.Images[ImageNames.Operations],
        Arguments = [command, "--prometheus", MonitoringNames.PrometheusUrl],
        Cpu = "100m",
        Memory = "256Mi",
        PriorityClass = WorkloadNamespace.Background,
        Environment =
        [
            ("AKIDB_MODEL_BUCKET", _args.ModelBucket),
            ("AKIDB_CLUSTER", _args.Settings.ClusterName),
            ("AWS_REGION", _args.Settings.Region),
        ],
    };

    private static NetworkPaths Paths(bool traces) => new() { ToAws = true, ToPrometheus = true, ToCollectors = traces };

    private PolicyStatement ReadModels() => new() { Sid = "ReadModels", Actions = ["s3:GetObject"], Resources = { Models } };

    // Without it S3 says 403 of what is not there, before the first training. It asks for the object's key as the prefix.
    private PolicyStatement ListModels() => new()
    {
        Sid = "ListModels",
        Actions = ["s3:ListBucket"],
        Resources = { Bucket },
        Conditions = [new PolicyCondition("StringLike", "s3:prefix", ModelKeys)],
    };

    private PolicyStatement Decrypt() => new() { Sid = "DecryptModels", Actions = ["kms:Decrypt"], Resources = { _args.ModelKeyArn } };
}
