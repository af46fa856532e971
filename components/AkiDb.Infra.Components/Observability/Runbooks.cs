using System.Collections.Immutable;
using System.Text.Json;
using AkiDb.Contracts;
using AkiDb.Infra.Components.Identity;
using AkiDb.Infra.Components.Workloads;
using Pulumi;
using Aws = Pulumi.Aws;

namespace AkiDb.Infra.Components.Observability;

/// <summary>
/// Runbooks that act by themselves in one region: for each a queue with dead letters, a pod with an identity that can do this one
/// thing, and alarms that tell when the automation fails. Alertmanager, and CloudWatch's alarms on the edge's latency, ask for them through topics; what
/// they did stands in an audit trail that they can add to and not change.
/// </summary>
/// <remarks>They run as pods on the on-demand baseline: one of the three acts on its cluster, and a spot cascade cannot take them along.</remarks>
public sealed class Runbooks : ComponentResource
{
    private readonly string _name;
    private readonly RunbooksArgs _args;
    private readonly WorkloadParts _parts;

    /// <summary>Declares topic, queues, pods and rights.</summary>
    public Runbooks(string name, RunbooksArgs args, ComponentResourceOptions? options = null)
        : base("akidb:observability:Runbooks", name, args, options)
    {
        (_name, _args) = (name, args);
        _parts = new WorkloadParts(this, name, args.Settings.After);
        var topic = new AlarmTopic($"{name}-requests", new AlarmTopicArgs
        {
            AccountId = args.Settings.AccountId,
            Region = args.Settings.Region,
            NamePrefix = args.NamePrefix,
            Purpose = "runbooks",
        }, new ComponentResourceOptions { Parent = this });
        LetAlertmanagerAsk(topic);
        foreach (var runbook in Runbook.Of(args))
            Create(runbook, topic);

        TopicArn = topic.Arn;
        RegisterOutputs(new Dictionary<string, object?> { ["topicArn"] = TopicArn });
    }

    /// <summary>Where Alertmanager asks for a runbook, with its name in the message attribute <see cref="RunbookNames.Attribute"/>.</summary>
    public Output<string> TopicArn { get; }

    private void LetAlertmanagerAsk(AlarmTopic topic) => _ = new Aws.Iam.RolePolicy($"{_name}-alertmanager", new Aws.Iam.RolePolicyArgs
    {
        Role = _args.AlertmanagerRole,
        Policy = PolicyDocument.Json(
            new PolicyStatement { Sid = "AskForRunbooks", Actions = ["sns:Publish"], Resources = { topic.Arn } },
            new PolicyStatement { Sid = "EncryptRequests", Actions = ["kms:Decrypt", "kms:GenerateDataKey"], Resources = { topic.KeyArn } }),
    }, new CustomResourceOptions { Parent = this });

    private void Create(Runbook runbook, AlarmTopic topic)
    {
        var app = $"{ServiceNames.RunbookPrefix}{runbook.Name}";
        var isForEdge = runbook.Name == RunbookNames.EdgeColdStarts;
        List<Input<string>> topics = [topic.Arn];
        if (isForEdge)
            topics.AddRange(_args.EdgeTopics.Select(edge => edge.Arn));
        var queue = new RunbookQueue($"{_name}-{runbook.Name}", $"{_args.NamePrefix}-{app}", topics, _args.TopicArn, this);
        Subscribe($"{_name}-{runbook.Name}", _args.Settings.Region, topic.Arn, queue, "MessageAttributes",
            new Dictionary<string, object> { [RunbookNames.Attribute] = new[] { runbook.Name } });
        if (isForEdge)
        {
            foreach (var ((region, edge), index) in _args.EdgeTopics.Select((edge, index) => (edge, index)))
            {
                Subscribe($"{_name}-{runbook.Name}-edge-{index}", region, edge, queue, "MessageBody", EdgeIsSlow(region));
            }
        }

        _parts.Account(app);
        _parts.Identity(app, _args.Settings, [.. TakeMessages(queue), .. WriteAudit(), .. runbook.Permissions]);
        if (runbook.Rights.Length > 0)
            _parts.Rights(app, runbook.Rights);
        _parts.Deployment(Pod(app, runbook, queue), replicas: 1);
        _parts.DisruptionBudget(app);
        _parts.Paths(app, new NetworkPaths
        {
            ToAws = true,
            ToKubernetes = runbook.Rights.Length > 0,
            ToPrometheus = true,
            ToCollectors = _args.Settings.TraceEndpoint is not null,
        });
    }

    // Only the composite alarm speaks, of slowness and of errors; its message names the alarms that made it (CloudWatch user guide,
    // "Combining alarms", from memory, 2026-11). Warm environments help against slowness only.
    private Dictionary<string, object> EdgeIsSlow(string region) => new()
    {
        ["NewStateValue"] = new[] { "ALARM" },
        ["TriggeringChildren"] = new Dictionary<string, object>
        {
            ["Arn"] = new[] { $"arn:aws:cloudwatch:{region}:{_args.Settings.AccountId}:alarm:{_args.EdgeLatencyAlarm}" },
        },
    };

    // SNS knows a subscription in the topic's region only, wherever the queue stands.
    private void Subscribe(string name, string region, Input<string> topicArn, RunbookQueue queue, string scope, Dictionary<string, object> filter) =>
        _ = new Aws.Sns.TopicSubscription(name, new Aws.Sns.TopicSubscriptionArgs
        {
            Region = region,
            Topic = topicArn,
            Protocol = "sqs",
            Endpoint = queue.Arn,
            FilterPolicyScope = scope,
            FilterPolicy = JsonSerializer.Serialize(filter),
        }, new CustomResourceOptions { Parent = this });

    private ServicePod Pod(string app, Runbook runbook, RunbookQueue queue) => new()
    {
        App = app,
        Image = _args.Settings.Images[ImageNames.Operations],
        Arguments = ["runbook", runbook.Name, .. runbook.Arguments, .. _args.DryRun ? new[] { "--dry-run" } : []],
        Cpu = "25m",
        Memory = "128Mi",
        PriorityClass = WorkloadNamespace.Background,
        CallsKubernetes = runbook.Rights.Length > 0,
        TraceEndpoint = _args.Settings.TraceEndpoint,
        OnlyOn = new[] { _args.Settings.Spread.BaselineDomain },
        Environment =
        [
            ("AKIDB_QUEUE_URL", queue.Url),
            ("AKIDB_AUDIT_LOG_GROUP", _args.AuditLogGroup),
            ("AKIDB_CLUSTER", _args.Settings.ClusterName),
            ("AWS_REGION", _args.Settings.Region),
        ],
    };

    private static ImmutableArray<PolicyStatement> TakeMessages(RunbookQueue queue) =>
    [
        new PolicyStatement
        {
            Sid = "TakeMessages",
            Actions = ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:ChangeMessageVisibility"],
            Resources = { queue.Arn },
        },
    ];

    // Add, never change: there is no action to alter a log event, and deleting streams is not among these.
    private ImmutableArray<PolicyStatement> WriteAudit() =>
    [
        new PolicyStatement
        {
            Sid = "AddToAuditTrail",
            Actions = ["logs:CreateLogStream", "logs:PutLogEvents"],
            Resources = { _args.AuditLogGroupArn.Apply(arn => $"{arn}:*") },
        },
    ];
}
