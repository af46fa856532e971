using AkiDb.Infra.Plan;
using AkiDb.TestKit.Plans;

namespace AkiDb.Benchmarks.Policies;

/// <summary>A plan of any size, of the kinds whose rules work hardest: buckets with companions, policies, queues, workloads.</summary>
internal static class LargePlan
{
    private static readonly (string Type, string Name, string Inputs)[] Group =
    [
        ("aws:s3/bucket:Bucket", "bucket", "bucket: b#"),
        ("aws:s3/bucketVersioning:BucketVersioning", "versions", "{bucket: b#, versioningConfiguration: {status: Enabled}}"),
        ("aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock", "private", "{bucket: b#, blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: true, restrictPublicBuckets: true}"),
        ("aws:s3/bucketPolicy:BucketPolicy", "policy", "{bucket: b#, policy: !json {Statement: [{Effect: Deny, Principal: '*', Action: 's3:*', Resource: '*', Condition: {Bool: {'aws:SecureTransport': 'false'}}}]}}"),
        ("aws:iam/role:Role", "role", "{name: r#, assumeRolePolicy: !json {Statement: [{Effect: Allow, Principal: {Service: pods.eks.amazonaws.com}, Action: [sts:AssumeRole, sts:TagSession]}]}}"),
        ("aws:iam/rolePolicy:RolePolicy", "permissions", "{role: r#, policy: !json {Statement: [{Effect: Allow, Action: ['s3:GetObject', 'ec2:Describe*'], Resource: ['arn:aws:s3:::b#/*']}]}}"),
        ("aws:kms/key:Key", "key", "{enableKeyRotation: true, policy: !json {Statement: [{Effect: Allow, Principal: {AWS: 'arn:aws:iam::111122223333:root'}, Action: 'kms:*', Resource: '*'}]}}"),
        ("aws:sqs/queue:Queue", "queue", "{name: q#, sqsManagedSseEnabled: true, messageRetentionSeconds: 300}"),
        ("kubernetes:apps/v1:Deployment", "rest", "{metadata: {namespace: akidb}, spec: {replicas: 3, template: {metadata: {labels: {app: rest#}}, spec: {containers: [{name: rest, image: 'akidb/rest:1', env: [{name: MODE, value: query}]}]}}}}"),
        ("kubernetes:policy/v1:PodDisruptionBudget", "budget", "{metadata: {namespace: akidb}, spec: {maxUnavailable: 1, selector: {matchLabels: {app: rest#}}}}"),
    ];

    /// <summary>A plan of about <paramref name="resources"/> resources.</summary>
    public static StackPlan Of(int resources)
    {
        var plan = new PlanBuilder("bench");
        for (var index = 0; index < resources / Group.Length; index++)
        {
            foreach (var (type, name, inputs) in Group)
                plan.Has(type, $"{name}{index}", inputs.Replace("#", $"{index}", StringComparison.Ordinal));
        }

        return plan.Build();
    }
}
