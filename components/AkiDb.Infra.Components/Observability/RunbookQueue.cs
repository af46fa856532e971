using System.Text.Json;
using AkiDb.Infra.Components.Identity;
using Pulumi;
using Aws = Pulumi.Aws;

namespace AkiDb.Infra.Components.Observability;

/// <summary>
/// What one runbook is asked to do: an encrypted queue that named topics may send to, its dead letters, and alarms on both. A message
/// that fails three times is set aside for people.
/// </summary>
internal sealed class RunbookQueue : ComponentResource
{
    // Longer than any runbook takes, so that no message is handed out twice while one works on it.
    private const int VisibilitySeconds = 300;

    private const int Attempts = 3;

    // What was not done for an hour need not be done any more; the alarm tells long before.
    private const int KeepSeconds = 3600;

    private const int KeepDeadLettersSeconds = 1_209_600;

    public RunbookQueue(string name, string queueName, List<Input<string>> topicArns, Input<string> alarmTopicArn, ComponentResource parent)
        : base("akidb:observability:RunbookQueue", name, new ComponentResourceOptions { Parent = parent })
    {
        var child = new CustomResourceOptions { Parent = this };
        var dead = Declare($"{name}-dead", $"{queueName}-dead", KeepDeadLettersSeconds, null, child);
        var queue = Declare(name, queueName, KeepSeconds, dead, child);
        Secure($"{name}-dead", dead, [], child);
        Secure(name, queue, topicArns, child);
        Alarm("dead-letters", dead, "ApproximateNumberOfMessagesVisible", "A runbook failed three times; its message waits for a person", 1);
        Alarm("age", queue, "ApproximateAgeOfOldestMessage", "A runbook has not taken its message for five minutes", VisibilitySeconds);
        (Url, Arn) = (queue.Url, queue.Arn);
        RegisterOutputs();

        void Alarm(string alarm, Aws.Sqs.Queue about, string metric, string text, double threshold) =>
            _ = new Aws.CloudWatch.MetricAlarm($"{name}-{alarm}", new Aws.CloudWatch.MetricAlarmArgs
            {
                Name = $"{queueName}-{alarm}",
                AlarmDescription = text,
                Namespace = "AWS/SQS",
                MetricName = metric,
                Dimensions = { ["QueueName"] = about.Name },
                Statistic = "Maximum",
                Period = 60,
                EvaluationPeriods = 1,
                Threshold = threshold,
                ComparisonOperator = "GreaterThanOrEqualToThreshold",
                TreatMissingData = "notBreaching",
                AlarmActions = { alarmTopicArn },
                OkActions = { alarmTopicArn },
            }, child);
    }

    public Output<string> Url { get; }

    public Output<string> Arn { get; }

    private static Aws.Sqs.Queue Declare(string name, string queueName, int keepSeconds, Aws.Sqs.Queue? dead, CustomResourceOptions options)
    {
        var args = new Aws.Sqs.QueueArgs
        {
            Name = queueName,
            SqsManagedSseEnabled = true,
            MessageRetentionSeconds = keepSeconds,
            VisibilityTimeoutSeconds = VisibilitySeconds,
            // Long polls: a twentieth of the requests, and no wait for a message.
            ReceiveWaitTimeSeconds = 20,
        };
        if (dead is not null)
            args.RedrivePolicy = dead.Arn.Apply(arn => JsonSerializer.Serialize(new { deadLetterTargetArn = arn, maxReceiveCount = Attempts }));
        return new Aws.Sqs.Queue(name, args, options);
    }

    private static void Secure(string name, Aws.Sqs.Queue queue, List<Input<string>> topicArns, CustomResourceOptions options)
    {
        List<PolicyStatement> statements =
        [
            new PolicyStatement
            {
                Sid = "DenyHttp",
                Effect = PolicyEffect.Deny,
                Actions = ["sqs:*"],
                Resources = { queue.Arn },
                Principals = [PolicyPrincipal.Everyone],
                Conditions = [new PolicyCondition("Bool", "aws:SecureTransport", "false")],
            },
        ];
        if (topicArns.Count > 0)
        {
            statements.Add(new PolicyStatement
            {
                Sid = "TopicsMaySend",
                Actions = ["sqs:SendMessage"],
                Resources = { queue.Arn },
                Principals = [PolicyPrincipal.Service("sns.amazonaws.com")],
                Conditions = [new PolicyCondition("ArnEquals", "aws:SourceArn", topicArns)],
            });
        }

        _ = new Aws.Sqs.QueuePolicy($"{name}-policy", new Aws.Sqs.QueuePolicyArgs { QueueUrl = queue.Url, Policy = PolicyDocument.Json([.. statements]) }, options);
    }
}
