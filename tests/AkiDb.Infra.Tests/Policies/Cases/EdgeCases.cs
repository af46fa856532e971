using AkiDb.TestKit.Plans;

namespace AkiDb.Infra.Tests.Policies.Cases;

public sealed class EdgeCases : IRuleCases
{
    private const string Distribution = "aws:cloudfront/distribution:Distribution";
    private const string Function = "aws:lambda/function:Function";
    private const string BucketOrigin = "originId: pages, domainName: pages.s3.us-east-1.amazonaws.com";

    public IEnumerable<RuleCase> Cases =>
    [
        RuleCase.One("cloudfront-viewer-https", Distribution,
            "defaultCacheBehavior: {viewerProtocolPolicy: redirect-to-https}",
            "{defaultCacheBehavior: {viewerProtocolPolicy: https-only}, orderedCacheBehaviors: [{viewerProtocolPolicy: allow-all}]}"),
        RuleCase.One("cloudfront-viewer-tls12", Distribution,
            "viewerCertificate: {minimumProtocolVersion: TLSv1.2_2021}", "viewerCertificate: {cloudfrontDefaultCertificate: true}"),
        RuleCase.Of("cloudfront-access-logs",
            plan => plan.Has(Distribution, "edge").Has("aws:cloudwatch/logDeliverySource:LogDeliverySource", "logs", "resourceArn: !unknown", "edge"),
            plan => plan.Has(Distribution, "edge")),
        RuleCase.One("cloudfront-waf", Distribution, "webAclId: arn", "enabled: true"),
        RuleCase.One("cloudfront-bucket-origin-access-control", Distribution,
            $"origins: [{{{BucketOrigin}, originAccessControlId: E1}}, {{domainName: api.example.com}}]", $"origins: [{{{BucketOrigin}, s3OriginConfig: {{originAccessIdentity: x}}}}]"),
        RuleCase.One("cloudfront-origin-failover", Distribution, "originGroups: [{originId: reads}]", "enabled: true"),
        RuleCase.One("cloudfront-custom-certificate", Distribution,
            "viewerCertificate: {acmCertificateArn: arn, sslSupportMethod: sni-only}", "viewerCertificate: {acmCertificateArn: arn, sslSupportMethod: vip}"),
        RuleCase.One("cloudfront-origin-tls", Distribution,
            "origins: [{customOriginConfig: {originProtocolPolicy: https-only, originSslProtocols: [TLSv1.2]}}]",
            "origins: [{customOriginConfig: {originProtocolPolicy: match-viewer, originSslProtocols: [TLSv1.2]}}]"),
        RuleCase.One("cloudfront-security-headers", Distribution,
            "defaultCacheBehavior: {responseHeadersPolicyId: h}", "{defaultCacheBehavior: {responseHeadersPolicyId: h}, orderedCacheBehaviors: [{pathPattern: /x}]}"),
        RuleCase.One("cloudfront-hsts", "aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy",
            "securityHeadersConfig: {strictTransportSecurity: {accessControlMaxAgeSec: 63072000, override: true}}",
            "securityHeadersConfig: {strictTransportSecurity: {accessControlMaxAgeSec: 3600, override: true}}"),
        RuleCase.One("cloudfront-default-root-object", Distribution,
            $"{{defaultRootObject: index.html, defaultCacheBehavior: {{targetOriginId: pages}}, origins: [{{{BucketOrigin}}}]}}",
            $"{{defaultCacheBehavior: {{targetOriginId: pages}}, origins: [{{{BucketOrigin}}}]}}"),
        RuleCase.Of("cloudfront-no-dangling-bucket",
            plan => plan.Has("aws:s3/bucket:Bucket", "pages", "bucket: pages").Has(Distribution, "edge", $"origins: [{{{BucketOrigin}}}]"),
            plan => plan.Has("aws:s3/bucket:Bucket", "pages", "bucket: other").Has(Distribution, "edge", $"origins: [{{{BucketOrigin}}}]")),
        RuleCase.Of("cloudfront-price-class-covers-clusters",
            plan => plan.In("ap-northeast-1").Has("aws:eks/cluster:Cluster", "tokyo").Has(Distribution, "edge", "priceClass: PriceClass_200"),
            plan => plan.In("ap-northeast-1").Has("aws:eks/cluster:Cluster", "tokyo").Has(Distribution, "edge", "priceClass: PriceClass_100")),
        RuleCase.Of("edge-function-region", plan => Edge(plan, "{name: f}"), plan => Edge(plan.In("eu-central-1"), "{name: f}")),
        RuleCase.Of("edge-function-architecture", plan => Edge(plan, "{name: f}"), plan => Edge(plan, "{name: f, architectures: [arm64]}")),
        RuleCase.Of("edge-function-numbered-version", plan => Edge(plan, "{name: f, publish: true}"), plan => Edge(plan, "{name: f, publish: true}", version: "$LATEST")),
        RuleCase.Of("edge-function-supported-features", plan => Edge(plan, "{name: f}"), plan => Edge(plan, "{name: f, environment: {variables: {REGION: x}}}")),
        RuleCase.Of("edge-function-limits", plan => Edge(plan, "{name: f, memorySize: 512, timeout: 30}"), plan => Edge(plan, "{name: f, memorySize: 512}", "viewer-request")),
        RuleCase.One("edge-function-trust", "aws:iam/role:Role", Trust("[lambda.amazonaws.com, edgelambda.amazonaws.com]"), Trust("edgelambda.amazonaws.com")),
    ];

    private static PlanBuilder Edge(PlanBuilder plan, string inputs, string on = "origin-request", string version = "7") => plan
        .Has(Function, "f", inputs)
        .Has(Distribution, "edge", $"defaultCacheBehavior: {{lambdaFunctionAssociations: [{{eventType: {on}, lambdaArn: 'arn:aws:lambda:us-east-1:111122223333:function:f:{version}'}}]}}");

    private static string Trust(string services) =>
        $"assumeRolePolicy: !json {{Statement: {{Effect: Allow, Principal: {{Service: {services}}}, Action: 'sts:AssumeRole'}}}}";
}
