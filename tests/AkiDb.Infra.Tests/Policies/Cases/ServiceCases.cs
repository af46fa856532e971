namespace AkiDb.Infra.Tests.Policies.Cases;

public sealed class ServiceCases : IRuleCases
{
    private const string Queue = "aws:sqs/queue:Queue";
    private const string Key = "aws:kms/key:Key";
    private const string Function = "aws:lambda/function:Function";
    private const string Alarm = "aws:cloudwatch/metricAlarm:MetricAlarm";
    private const string LogGroup = "aws:cloudwatch/logGroup:LogGroup";
    private const string Objective = "aws-native:applicationsignals:ServiceLevelObjective";
    private const string Open = "policy: !json {Statement: [{Effect: Allow, Principal: '*', Action: '*:*', Resource: '*'}]}";
    private const string Scoped = "policy: !json {Statement: [{Effect: Allow, Principal: '*', Action: '*:*', Resource: '*', Condition: {ArnEquals: {'aws:SourceArn': 'arn:x'}}}]}";

    public IEnumerable<RuleCase> Cases =>
    [
        RuleCase.One("sqs-encrypted", Queue, "sqsManagedSseEnabled: true", "name: q"),
        RuleCase.One("sqs-no-public-principal", "aws:sqs/queuePolicy:QueuePolicy", Scoped, Open),
        RuleCase.Of("sqs-tls-only",
            plan => plan.Has(Queue, "q", "name: q").Has("aws:sqs/queuePolicy:QueuePolicy", "p",
                "{queueUrl: 'https://sqs.us-east-1.amazonaws.com/111122223333/q', policy: !json {Statement: [{Effect: Deny, Principal: '*', Action: 'sqs:*', Resource: '*', Condition: {Bool: {'aws:SecureTransport': 'false'}}}]}}"),
            plan => plan.Has(Queue, "q", "name: q")),
        RuleCase.One("sns-encrypted", "aws:sns/topic:Topic", "kmsMasterKeyId: arn", "name: alarms"),
        RuleCase.One("sns-no-public-policy", "aws:sns/topicPolicy:TopicPolicy", Scoped, Open),
        RuleCase.One("kms-rotation", Key, "enableKeyRotation: true", "description: x"),
        RuleCase.One("kms-no-wildcard-principal", Key, Scoped, Open),
        RuleCase.One("kms-deletion-window", Key, "deletionWindowInDays: 30", "deletionWindowInDays: 7"),
        RuleCase.One("lambda-url-signed", "aws:lambda/functionUrl:FunctionUrl", "authorizationType: AWS_IAM", "authorizationType: NONE"),
        RuleCase.One("lambda-permission-scoped", "aws:lambda/permission:Permission",
            "{principal: events.amazonaws.com, sourceArn: 'arn:aws:events:us-east-1:111122223333:rule/x'}", "principal: events.amazonaws.com"),
        RuleCase.One("lambda-supported-runtime", Function, "runtime: nodejs22.x", "runtime: nodejs16.x"),
        RuleCase.One("lambda-no-secret-environment", Function, "environment: {variables: {MODEL: minilm}}", "environment: {variables: {DB_PASSWORD: hunter2hunter2}}"),
        RuleCase.One("no-plain-secrets", "kubernetes:core/v1:ConfigMap", "data: {token: !secret , apiKey: 'arn:aws:secretsmanager:x'}", "data: {notes: 'key AKIAIOSFODNN7EXAMPLE here'}"),
        RuleCase.One("kubernetes-secret-from-secret", "kubernetes:core/v1:Secret", "stringData: {key: !secret }", "stringData: {key: plain}"),
        RuleCase.One("logs-retention", LogGroup, "retentionInDays: 30", "name: x"),
        RuleCase.Of("logs-audit-year",
            plan => plan.Has(LogGroup, "audit", "{name: /aws/eks/akidb/cluster, retentionInDays: 365}"),
            plan => plan.Has(LogGroup, "audit", "{name: /aws/eks/akidb/cluster, retentionInDays: 90}"), "prod"),
        RuleCase.One("logs-kms", LogGroup, "kmsKeyId: arn", "name: x"),
        RuleCase.One("alarm-actions-on", Alarm, "alarmActions: [arn]", "actionsEnabled: false"),
        RuleCase.Of("alarm-receiver",
            plan => plan.Has(Alarm, "slow", "name: slow").Has("aws:cloudwatch/compositeAlarm:CompositeAlarm", "edge", "{alarmRule: 'ALARM(\"slow\")', alarmActions: [arn]}"),
            plan => plan.Has(Alarm, "slow", "name: slow")),
        RuleCase.Of("slo-alerts",
            plan => plan.Has(Objective, "slo", "burnRateConfigurations: [{lookBackWindowMinutes: 60}, {lookBackWindowMinutes: 5}]").Has(Alarm, "burn", "name: burn", "slo"),
            plan => plan.Has(Objective, "slo", "burnRateConfigurations: [{lookBackWindowMinutes: 60}, {lookBackWindowMinutes: 5}]").Has(Alarm, "burn", "name: burn")),
        RuleCase.One("burn-alert-two-windows", "kubernetes:monitoring.coreos.com/v1:PrometheusRule",
            "spec: {groups: [{rules: [{alert: BudgetBurn, expr: 'e:ratio_rate5m > 0.014 and e:ratio_rate1h > 0.014'}, {record: 'a:b', expr: x}]}]}",
            "spec: {groups: [{rules: [{alert: BudgetBurn, expr: 'e:ratio_rate1h > 0.014'}]}]}"),
        RuleCase.One("xray-sampling-fields", "aws-native:xray:SamplingRule", "samplingRule: {ruleName: all, fixedRate: 0.1}", "samplingRule: {ruleName: errors, condition: error}"),
        RuleCase.Of("route53-query-logs",
            plan => plan.Has("aws:route53/zone:Zone", "zone", "name: example.com").Has("aws:route53/queryLog:QueryLog", "log", "zoneId: Z1", "zone"),
            plan => plan.Has("aws:route53/zone:Zone", "zone", "name: example.com")),
        RuleCase.Of("route53-dnssec",
            plan => plan.Has("aws:route53/zone:Zone", "zone", "name: example.com").Has("aws:route53/hostedZoneDnsSec:HostedZoneDnsSec", "sec", "hostedZoneId: Z1", "zone"),
            plan => plan.Has("aws:route53/zone:Zone", "zone", "name: example.com")),
        RuleCase.One("cost-tags", "pulumi:providers:aws",
            "defaultTags: !json {tags: {cost-center: c, environment: e, managed-by: m, owner: o, project: p}}", "defaultTags: !json {tags: {cost-center: c, environment: e, managed-by: m, project: p}}"),
        RuleCase.One("cost-tags-on-nodes", "kubernetes:karpenter.k8s.aws/v1:EC2NodeClass",
            "spec: {tags: {cost-center: c, environment: e, owner: o, project: p}}", "spec: {tags: {environment: e, owner: o, project: p}}"),
    ];
}
