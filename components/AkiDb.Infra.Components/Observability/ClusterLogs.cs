using System.Globalization;
using AkiDb.Infra.Components.Identity;
using AkiDb.Infra.Components.Kubernetes;
using AkiDb.Infra.Components.Workloads;
using Pulumi;
using Pulumi.Aws.CloudWatch.Inputs;
using Pulumi.Kubernetes.Types.Inputs.Apps.V1;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Rbac.V1;
using Aws = Pulumi.Aws;
using K8s = Pulumi.Kubernetes;

namespace AkiDb.Infra.Components.Observability;

/// <summary>
/// Logs of one cluster: Fluent Bit on every node ships the JSON lines of AkiDB's services and of the monitoring to one log group, from
/// which come metrics, alarms and saved queries; the runbooks' audit trail is a group of its own.
/// </summary>
public sealed class ClusterLogs : ComponentResource
{
    private const string App = "fluent-bit";
    private const string Space = "kube-system";

    private readonly string _name;
    private readonly ClusterLogsArgs _args;
    private readonly Aws.CloudWatch.LogGroup _workloads;

    /// <summary>Declares groups, shipper, alarms and queries.</summary>
    /// <exception cref="ArgumentException">A retention that CloudWatch Logs does not have.</exception>
    public ClusterLogs(string name, ClusterLogsArgs args, ComponentResourceOptions? options = null)
        : base("akidb:observability:ClusterLogs", name, args, options)
    {
        (_name, _args) = (name, args);
        var component = $"ClusterLogs '{name}'";
        ComponentArgument.OneOf(component, nameof(args.RetentionDays), args.RetentionDays, LogRetention.AllowedDays);
        ComponentArgument.OneOf(component, nameof(args.AuditRetentionDays), args.AuditRetentionDays, LogRetention.AllowedDays);

        _workloads = CreateGroup("workloads", args.RetentionDays);
        var audit = CreateGroup("audit", args.AuditRetentionDays);
        if (args.Settings.Images.TryGetValue(ImageNames.LogShipper, out var image))
            CreateShipper(image);
        CreateMetric("errors", """{ ($.LogLevel = "Error") || ($.LogLevel = "Critical") }""",
            "More than 50 error lines in five minutes, twice in a row", threshold: 50, periods: 2);
        CreateMetric("crashes", """{ $.LogLevel = "Critical" }""", "A service gave up", threshold: 0, periods: 1);
        LogQueries.Create(name, args.NamePrefix, _workloads.Name, audit.Name, $"/aws/eks/{args.Name}/cluster", new CustomResourceOptions { Parent = this });

        (WorkloadGroup, WorkloadGroupArn) = (_workloads.Name, _workloads.Arn);
        (AuditGroup, AuditGroupArn) = (audit.Name, audit.Arn);
        RegisterOutputs(new Dictionary<string, object?> { ["workloadGroup"] = WorkloadGroup, ["auditGroup"] = AuditGroup });
    }

    /// <summary>Log group of the services.</summary>
    public Output<string> WorkloadGroup { get; }

    /// <summary>Its ARN.</summary>
    public Output<string> WorkloadGroupArn { get; }

    /// <summary>Log group of what runbooks did.</summary>
    public Output<string> AuditGroup { get; }

    /// <summary>Its ARN.</summary>
    public Output<string> AuditGroupArn { get; }

    // Of one cluster: a metric filter with a default value has no dimensions, and environments share accounts.
    private string MetricNamespace => $"AkiDB/Logs/{_args.Name}";

    private Aws.CloudWatch.LogGroup CreateGroup(string purpose, int days) => new($"{_name}-{purpose}", new Aws.CloudWatch.LogGroupArgs
    {
        Name = $"/akidb/{_args.Name}/{purpose}",
        RetentionInDays = days,
        KmsKeyId = _args.LogKeyArn,
    }, new CustomResourceOptions { Parent = this });

    // In kube-system: reading the nodes' files is what Pod Security "restricted" forbids. It runs as nobody all the same, with the
    // group that may read the files and no more.
    private void CreateShipper(string image)
    {
        var parts = new WorkloadParts(this, _name, _args.Settings.After, Space);
        parts.Account(App);
        parts.Identity(App, _args.Settings,
        [
            new PolicyStatement
            {
                Sid = "WriteWorkloadLogs",
                Actions = ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
                Resources = { _workloads.Arn, _workloads.Arn.Apply(arn => $"{arn}:*") },
            },
        ]);
        parts.ClusterRights(App, new PolicyRuleArgs { ApiGroups = { "" }, Resources = { "pods", "namespaces" }, Verbs = { "get", "list", "watch" } });
        parts.Configuration(App, "fluent-bit.yaml", _workloads.Name.Apply(group => FluentBitConfiguration.Text(_args.Settings.Region, group)));
        _ = new K8s.Apps.V1.DaemonSet($"{_name}-{App}", new DaemonSetArgs
        {
            Metadata = ObjectMetadata.In(Space, App),
            Spec = new DaemonSetSpecArgs
            {
                Selector = ObjectMetadata.Selector(App),
                UpdateStrategy = new DaemonSetUpdateStrategyArgs { RollingUpdate = new RollingUpdateDaemonSetArgs { MaxUnavailable = "10%" } },
                Template = new ServicePod
                {
                    App = App,
                    Image = image,
                    // The image's own script starts it with a configuration of its own.
                    Command = ["/fluent-bit/bin/fluent-bit"],
                    Arguments = ["--config=/etc/akidb/fluent-bit.yaml"],
                    Cpu = "50m",
                    Memory = "128Mi",
                    PriorityClass = WorkloadNamespace.Background,
                    CallsKubernetes = true,
                    Port = FluentBitConfiguration.Port,
                    HealthCheck = ("/api/v1/health", "http"),
                    // Container logs belong to root:root and are readable by the group.
                    Group = 0,
                    Volumes =
                    {
                        new VolumeArgs { Name = "configuration", ConfigMap = new ConfigMapVolumeSourceArgs { Name = App } },
                        new VolumeArgs { Name = "state", EmptyDir = new EmptyDirVolumeSourceArgs { SizeLimit = "64Mi" } },
                        new VolumeArgs { Name = "logs", HostPath = new HostPathVolumeSourceArgs { Path = "/var/log", Type = "Directory" } },
                    },
                    Mounts =
                    {
                        new VolumeMountArgs { Name = "configuration", MountPath = "/etc/akidb", ReadOnly = true },
                        new VolumeMountArgs { Name = "state", MountPath = "/state" },
                        new VolumeMountArgs { Name = "logs", MountPath = "/var/log", ReadOnly = true },
                    },
                }.Template(),
            },
        }, parts.Options);
        parts.Paths(App, new NetworkPaths { Port = FluentBitConfiguration.Port, ToAws = true, ToKubernetes = true, AsksDns = true });
    }

    private void CreateMetric(string what, string pattern, string text, double threshold, int periods)
    {
        var metric = what.ToUpperInvariant()[0] + what[1..];
        _ = new Aws.CloudWatch.LogMetricFilter($"{_name}-{what}", new Aws.CloudWatch.LogMetricFilterArgs
        {
            Name = $"{_args.NamePrefix}-{what}",
            LogGroupName = _workloads.Name,
            Pattern = pattern,
            MetricTransformation = new LogMetricFilterMetricTransformationArgs
            {
                Namespace = MetricNamespace,
                Name = metric,
                Value = "1",
                DefaultValue = 0.ToString(CultureInfo.InvariantCulture),
            },
        }, new CustomResourceOptions { Parent = this });
        _ = new Aws.CloudWatch.MetricAlarm($"{_name}-{what}", new Aws.CloudWatch.MetricAlarmArgs
        {
            Name = $"{_args.NamePrefix}-log-{what}",
            AlarmDescription = text,
            Namespace = MetricNamespace,
            MetricName = metric,
            Statistic = "Sum",
            Period = 300,
            EvaluationPeriods = periods,
            Threshold = threshold,
            ComparisonOperator = "GreaterThanThreshold",
            TreatMissingData = "notBreaching",
            AlarmActions = { _args.TopicArn },
            OkActions = { _args.TopicArn },
        }, new CustomResourceOptions { Parent = this });
    }
}
