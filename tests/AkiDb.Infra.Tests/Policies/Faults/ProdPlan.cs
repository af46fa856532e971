using AkiDb.Infra.Cli.Environments;
using AkiDb.Infra.Plan;
using AkiDb.TestKit;
using AkiDb.TestKit.Plans;

namespace AkiDb.Infra.Tests.Policies.Faults;

/// <summary>The plan that faults are made in: what prod really is, and a right example of each kind of resource that it has none of yet.</summary>
internal static class ProdPlan
{
    public const string Distribution = "aws:cloudfront/distribution:Distribution";
    public const string Function = "aws:lambda/function:Function";
    public const string Alarm = "aws:cloudwatch/metricAlarm:MetricAlarm";
    public const string Objective = "aws-native:applicationsignals:ServiceLevelObjective";

    private static readonly Lazy<Task<StackPlan>> Real = new(() => EnvironmentAsync("prod"));

    /// <summary>An environment's own plan.</summary>
    public static Task<StackPlan> EnvironmentAsync(string name) => new PlanProvider(new Repository(RepositoryFolder.Root)).EvaluateAsync(name);

    /// <summary>Prod with the examples.</summary>
    public static async Task<StackPlan> CompleteAsync() => WithExamples(PlanBuilder.From(await Real.Value)).Build();

    private static PlanBuilder WithExamples(PlanBuilder plan) => plan
        .In("us-east-1")
        .Has("aws:s3/bucket:Bucket", "example-pages", "bucket: example-pages")
        .Has("aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock", "example-pages", "{bucket: example-pages, blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: true, restrictPublicBuckets: true}")
        .Has("aws:s3/bucketVersioning:BucketVersioning", "example-pages", "{bucket: example-pages, versioningConfiguration: {status: Enabled}}")
        .Has("aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration", "example-pages",
            "{bucket: example-pages, rules: [{applyServerSideEncryptionByDefault: {sseAlgorithm: 'aws:kms', kmsMasterKeyId: 'arn:aws:kms:us-east-1:111122223333:key/1'}}]}")
        .Has("aws:s3/bucketOwnershipControls:BucketOwnershipControls", "example-pages", "{bucket: example-pages, rule: {objectOwnership: BucketOwnerEnforced}}")
        .Has("aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration", "example-pages", "{bucket: example-pages, rules: [{status: Enabled, abortIncompleteMultipartUpload: {daysAfterInitiation: 7}}]}")
        .Has("aws:s3/bucketPolicy:BucketPolicy", "example-pages",
            "{bucket: example-pages, policy: !json {Statement: [{Effect: Deny, Principal: '*', Action: 's3:*', Resource: '*', Condition: {Bool: {'aws:SecureTransport': 'false'}}}]}}")
        .Has("aws:s3/bucket:Bucket", "example-logs", "bucket: example-logs")
        .Has("aws:s3/bucketLogging:BucketLogging", "example-pages", "{bucket: example-pages, targetBucket: example-logs}")
        .Has("aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock", "example-logs", "{bucket: example-logs, blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: true, restrictPublicBuckets: true}")
        .Has("aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration", "example-logs", "{bucket: example-logs, rules: [{applyServerSideEncryptionByDefault: {sseAlgorithm: AES256}}]}")
        .Has("aws:s3/bucketOwnershipControls:BucketOwnershipControls", "example-logs", "{bucket: example-logs, rule: {objectOwnership: BucketOwnerEnforced}}")
        .Has("aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration", "example-logs", "{bucket: example-logs, rules: [{status: Enabled, abortIncompleteMultipartUpload: {daysAfterInitiation: 7}}]}")
        .Has("aws:s3/bucketPolicy:BucketPolicy", "example-logs",
            "{bucket: example-logs, policy: !json {Statement: [{Effect: Deny, Principal: '*', Action: 's3:*', Resource: '*', Condition: {Bool: {'aws:SecureTransport': 'false'}}}]}}")
        .Has("aws:iam/role:Role", "example-edge", "assumeRolePolicy: !json {Statement: [{Effect: Allow, Principal: {Service: [lambda.amazonaws.com, edgelambda.amazonaws.com]}, Action: 'sts:AssumeRole'}]}")
        .Has(Function, "example-edge", "{name: example-edge, runtime: nodejs22.x, publish: true, memorySize: 512, timeout: 10}", "example-edge")
        .Has(Distribution, "example-edge", """
            priceClass: PriceClass_200
            defaultRootObject: index.html
            webAclId: arn:aws:wafv2:us-east-1:111122223333:global/webacl/edge/1
            loggingConfig: {bucket: logs.s3.amazonaws.com}
            viewerCertificate: {acmCertificateArn: 'arn:aws:acm:us-east-1:111122223333:certificate/1', sslSupportMethod: sni-only, minimumProtocolVersion: TLSv1.2_2021}
            originGroups: [{originId: reads}]
            origins:
            - {originId: pages, domainName: example-pages.s3.us-east-1.amazonaws.com, originAccessControlId: E1}
            - {originId: api, domainName: api.example.com, customOriginConfig: {originProtocolPolicy: https-only, originSslProtocols: [TLSv1.2]}}
            defaultCacheBehavior:
              targetOriginId: pages
              viewerProtocolPolicy: redirect-to-https
              responseHeadersPolicyId: h
              lambdaFunctionAssociations: [{eventType: origin-request, lambdaArn: 'arn:aws:lambda:us-east-1:111122223333:function:example-edge:7'}]
            orderedCacheBehaviors:
            - {pathPattern: /api/*, targetOriginId: api, viewerProtocolPolicy: https-only, responseHeadersPolicyId: h}
            """)
        .Has("aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy", "example", "securityHeadersConfig: {strictTransportSecurity: {accessControlMaxAgeSec: 63072000, override: true}}")
        .Has("aws:lambda/functionUrl:FunctionUrl", "example", "authorizationType: AWS_IAM")
        .Has("aws:lambda/permission:Permission", "example", "{principal: cloudfront.amazonaws.com, sourceArn: 'arn:aws:cloudfront::111122223333:distribution/E1'}")
        .Has("aws:sns/topic:Topic", "example", "kmsMasterKeyId: arn:aws:kms:us-east-1:111122223333:key/1")
        .Has("aws:sns/topicPolicy:TopicPolicy", "example", "policy: !json {Statement: [{Effect: Allow, Principal: {Service: cloudwatch.amazonaws.com}, Action: 'sns:Publish', Resource: '*'}]}")
        .Has(Objective, "example", "{name: latency, burnRateConfigurations: [{lookBackWindowMinutes: 60}, {lookBackWindowMinutes: 5}]}")
        .Has(Alarm, "example-burn", "{name: burn, alarmActions: [topic], dimensions: {SloName: latency}}")
        .Has("aws:ecr/repository:Repository", "example", "{name: example, imageTagMutability: IMMUTABLE, imageScanningConfiguration: {scanOnPush: true}, encryptionConfigurations: [{encryptionType: KMS, kmsKey: k}]}")
        .Has("aws:ecr/lifecyclePolicy:LifecyclePolicy", "example", "repository: example")
        .Has("aws:route53/zone:Zone", "example-zone", "name: example.com")
        .Has("aws:route53/queryLog:QueryLog", "example", "zoneId: Z1", "example-zone")
        .Has("aws:route53/hostedZoneDnsSec:HostedZoneDnsSec", "example", "hostedZoneId: Z1", "example-zone")
        .Has("kubernetes:monitoring.coreos.com/v1:PrometheusRule", "example", "spec: {groups: [{rules: [{alert: BudgetBurn, expr: 'e:ratio_rate5m > 0.014 and e:ratio_rate1h > 0.014'}]}]}")
        .Has("aws-native:xray:SamplingRule", "example", "samplingRule: {ruleName: all, fixedRate: 0.1}")
        .Has("aws:ec2/securityGroup:SecurityGroup", "example", "ingress: [{protocol: tcp, fromPort: 443, toPort: 443, cidrBlocks: [10.0.0.0/8]}]");
}
