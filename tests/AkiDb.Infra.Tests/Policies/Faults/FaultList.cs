using AkiDb.Infra.Plan.Values;
using AkiDb.TestKit;
using AkiDb.TestKit.Plans;

namespace AkiDb.Infra.Tests.Policies.Faults;

/// <summary>What could go wrong in prod, and who must notice.</summary>
internal static class FaultList
{
    private const string Cluster = "aws:eks/cluster:Cluster";
    private const string Key = "aws:kms/key:Key";
    private const string Pool = "kubernetes:karpenter.sh/v1:NodePool";
    private const string NodeClass = "kubernetes:karpenter.k8s.aws/v1:EC2NodeClass";
    private const string Deployment = "kubernetes:apps/v1:Deployment";
    private const string Template = "aws:ec2/launchTemplate:LaunchTemplate";
    private const string LogGroup = "aws:cloudwatch/logGroup:LogGroup";
    private const string Group = "aws:ec2/securityGroup:SecurityGroup";
    private const string Repository = "aws:ecr/repository:Repository";
    private const string Provider = "pulumi:providers:aws";
    private const string Container = "spec.template.spec.containers[0]";

    public static IReadOnlyList<Fault> All { get; } =
    [
        new("public endpoint for everyone", "eks-public-endpoint-allow-list", plan => plan.Set(Cluster, "vpcConfig.publicAccessCidrs", "[0.0.0.0/0]")),
        new("public endpoint in two halves", "eks-public-endpoint-allow-list", plan => plan.Set(Cluster, "vpcConfig.publicAccessCidrs", "[0.0.0.0/1, 128.0.0.0/1]")),
        new("public endpoint without a list", "eks-public-endpoint-allow-list", plan => plan.Set(Cluster, "vpcConfig.publicAccessCidrs", null)),
        new("private endpoint off", "eks-private-endpoint-on", plan => plan.Set(Cluster, "vpcConfig.endpointPrivateAccess", "false")),
        new("audit log off", "eks-control-plane-logs", plan => plan.Set(Cluster, "enabledClusterLogTypes", "[api, scheduler]")),
        new("secrets not encrypted", "eks-secrets-encrypted", plan => plan.Set(Cluster, "encryptionConfig", null)),
        new("secrets key gone", "eks-secrets-encrypted", plan => plan.Set(Cluster, "encryptionConfig.provider", null)),
        new("Kubernetes out of support", "eks-supported-version", plan => plan.Set(Cluster, "version", "'1.31'")),
        new("SSH into nodes", "eks-nodes-without-ssh", plan => plan.Set("aws:eks/nodeGroup:NodeGroup", "remoteAccess", "{ec2SshKey: laptop}")),
        new("IMDSv1", "instance-metadata-v2", plan => plan.Set(Template, "metadataOptions.httpTokens", "optional")),
        new("IMDSv1 on Karpenter's nodes", "instance-metadata-v2", plan => plan.Set(NodeClass, "spec.metadataOptions.httpTokens", "optional")),
        new("metadata for pods", "instance-metadata-hop-limit", plan => plan.Set(Template, "metadataOptions.httpPutResponseHopLimit", "2")),
        new("plain root disk", "ebs-encrypted", plan => plan.Set(Template, "blockDeviceMappings[0].ebs.encrypted", "'false'")),
        new("plain disks under Karpenter", "ebs-encrypted", plan => plan.Set(NodeClass, "spec.blockDeviceMappings[0].ebs.encrypted", "false")),
        new("plain volumes by storage class", "ebs-encrypted", plan => plan.Set("kubernetes:storage.k8s.io/v1:StorageClass", "parameters.encrypted", "'false'")),
        new("flow log removed", "vpc-flow-logs", plan => plan.Without(resource => resource.Type == "aws:ec2/flowLog:FlowLog" && resource.Region == "eu-central-1")),
        new("default security group opened", "vpc-default-security-group-closed", plan => plan.Set("aws:ec2/defaultSecurityGroup:DefaultSecurityGroup", "ingress", "[{protocol: '-1', self: true, fromPort: 0, toPort: 0}]")),
        new("subnet gives public addresses", "subnet-without-public-addresses", plan => plan.Set("aws:ec2/subnet:Subnet", "mapPublicIpOnLaunch", "true")),
        new("SSH from the internet", "security-group-admin-ports-closed", plan => plan.Set(Group, "ingress[1]", "{protocol: tcp, fromPort: 22, toPort: 22, cidrBlocks: [0.0.0.0/0]}", "example")),
        new("everything from the internet", "security-group-admin-ports-closed", plan => plan.Set(Group, "ingress[1]", "{protocol: '-1', fromPort: 0, toPort: 0, ipv6CidrBlocks: ['::/0']}", "example")),
        new("everything to the internet", "security-group-egress-narrow", plan => plan.Set(Group, "egress", "[{protocol: '-1', fromPort: 0, toPort: 0, cidrBlocks: [0.0.0.0/0]}]")),
        new("bucket may become public", "s3-public-access-blocked", plan => plan.Set("aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock", "restrictPublicBuckets", "false")),
        new("public access block removed", "s3-public-access-blocked", plan => plan.Without(resource => resource.Type == "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock" && resource.Region == "eu-central-1")),
        new("versions suspended", "s3-versioned", plan => plan.Set("aws:s3/bucketVersioning:BucketVersioning", "versioningConfiguration.status", "Suspended", "models-us-east-1-versions")),
        new("bucket key gone", "s3-kms-encrypted", plan => plan.Set("aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration", "rules[0].applyServerSideEncryptionByDefault", "{sseAlgorithm: AES256}", "models-us-east-1-encryption")),
        new("bucket takes plain HTTP", "s3-tls-only", plan => plan.Edit("aws:s3/bucketPolicy:BucketPolicy", "policy", text => text.Replace("\"false\"", "\"true\"", StringComparison.Ordinal))),
        new("TLS only for one network", "s3-tls-only", plan => plan.Edit("aws:s3/bucketPolicy:BucketPolicy", "policy", text => text.Replace("\"Bool\":{", "\"IpAddress\":{\"aws:SourceIp\":\"10.0.0.0/8\"},\"Bool\":{", StringComparison.Ordinal))),
        new("bucket for everyone", "s3-no-public-principal", plan => plan.Edit("aws:s3/bucketPolicy:BucketPolicy", "policy",
            text => text.Replace("\"Statement\":[", "\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"s3:GetObject\",\"Resource\":\"*\"},", StringComparison.Ordinal))),
        new("uploads never aborted", "s3-lifecycle", plan => plan.Set("aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration", "rules[0].abortIncompleteMultipartUpload", null)),
        new("ACLs on", "s3-acls-off", plan => plan.Set("aws:s3/bucketOwnershipControls:BucketOwnershipControls", "rule.objectOwnership", "BucketOwnerPreferred")),
        new("access log of a bucket removed", "s3-access-logs", plan => plan.Without(resource => resource is { Type: "aws:s3/bucketLogging:BucketLogging", Name: "example-pages" }),
            // The bucket that took the logs is a bucket like any other now.
            "s3-kms-encrypted", "s3-versioned"),
        new("a role that may do everything", "iam-no-administrator", plan => Grant(plan, "'*'", "'*'"),
            "iam-no-service-wildcard", "iam-no-privilege-escalation", "iam-no-credential-exposure", "iam-no-data-exfiltration", "iam-no-permissions-management", "iam-writes-constrained", "iam-pass-role-scoped", "kms-no-decrypt-everywhere"),
        new("everything but one service", "iam-no-administrator", plan => plan.Has("aws:iam/rolePolicy:RolePolicy", "fault", "policy: !json {Statement: {Effect: Allow, NotAction: 'organizations:*', Resource: '*'}}"),
            "iam-no-service-wildcard", "iam-no-privilege-escalation", "iam-no-credential-exposure", "iam-no-data-exfiltration", "iam-no-permissions-management", "iam-pass-role-scoped", "kms-no-decrypt-everywhere"),
        new("administrator attached", "iam-no-administrator", plan => plan.Set("aws:iam/rolePolicyAttachment:RolePolicyAttachment", "policyArn", "arn:aws:iam::aws:policy/AdministratorAccess")),
        new("a whole service", "iam-no-service-wildcard", plan => Grant(plan, "'sqs:*'", "'arn:aws:sqs:us-east-1:111122223333:akidb'")),
        new("attach any policy", "iam-no-privilege-escalation", plan => Grant(plan, "'iam:AttachRolePolicy'", "'*'"), "iam-writes-constrained"),
        new("take any role", "iam-no-credential-exposure", plan => Grant(plan, "'sts:AssumeRole'", "'*'"), "iam-writes-constrained"),
        new("read any secret", "iam-no-data-exfiltration", plan => Grant(plan, "'secretsmanager:GetSecretValue'", "'*'"), "iam-reads-constrained"),
        new("open any bucket", "iam-no-permissions-management", plan => Grant(plan, "'s3:PutBucketPolicy'", "'*'"), "iam-writes-constrained"),
        new("terminate any instance", "iam-writes-constrained", plan => Grant(plan, "'ec2:TerminateInstances'", "'*'")),
        new("describe any cluster", "iam-reads-constrained", plan => Grant(plan, "'eks:DescribeCluster'", "'*'")),
        new("pass any role", "iam-pass-role-scoped", plan => Grant(plan, "'iam:PassRole'", "'*'"), "iam-writes-constrained"),
        new("pass any role of the account", "iam-pass-role-scoped", plan => Grant(plan, "'iam:PassRole'", "'arn:aws:iam::111122223333:role/*'")),
        new("decrypt with any key", "kms-no-decrypt-everywhere", plan => Grant(plan, "'kms:Decrypt'", "'*'"), "iam-writes-constrained"),
        new("a role for anyone", "iam-trust-scoped", plan => plan.Set("aws:iam/role:Role", "assumeRolePolicy", "!json {Statement: [{Effect: Allow, Principal: '*', Action: 'sts:AssumeRole'}]}")),
        new("a role for any repository", "iam-trust-scoped", plan => plan.Set("aws:iam/role:Role", "assumeRolePolicy",
            "!json {Statement: [{Effect: Allow, Principal: {Federated: 'arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com'}, Action: 'sts:AssumeRoleWithWebIdentity', Condition: {StringLike: {'token.actions.githubusercontent.com:sub': '*'}}}]}")),
        new("pods cannot tag their session", "pod-identity-trust", plan => plan.Edit("aws:iam/role:Role", "assumeRolePolicy", text => text.Replace("\"sts:TagSession\"", "\"sts:SetSourceIdentity\"", StringComparison.Ordinal),
            resource => resource.TextOf("assumeRolePolicy").Contains("pods.eks", StringComparison.Ordinal))),
        new("queue not encrypted", "sqs-encrypted", plan => plan.Set("aws:sqs/queue:Queue", "sqsManagedSseEnabled", "false")),
        new("queue for anyone", "sqs-no-public-principal", plan => plan.Edit("aws:sqs/queuePolicy:QueuePolicy", "policy", text => text.Replace("{\"Service\":\"events.amazonaws.com\"}", "\"*\"", StringComparison.Ordinal)
            .Replace("\"Condition\":{\"ArnEquals\"", "\"Condition\":{\"DateGreaterThan\":{\"aws:CurrentTime\":\"2020-01-01T00:00:00Z\"}},\"Was\":{\"ArnEquals\"", StringComparison.Ordinal))),
        new("queue takes plain HTTP", "sqs-tls-only", plan => plan.Without(resource => resource.Type == "aws:sqs/queuePolicy:QueuePolicy" && resource.Region == "eu-central-1")),
        new("topic not encrypted", "sns-encrypted", plan => plan.Set("aws:sns/topic:Topic", "kmsMasterKeyId", null)),
        new("topic for anyone", "sns-no-public-policy", plan => plan.Edit("aws:sns/topicPolicy:TopicPolicy", "policy", text => text.Replace("{\"Service\":\"cloudwatch.amazonaws.com\"}", "{\"AWS\":\"*\"}", StringComparison.Ordinal), policy => policy.Name == "example")),
        new("key not rotated", "kms-rotation", plan => plan.Set(Key, "enableKeyRotation", "false")),
        new("key for anyone", "kms-no-wildcard-principal", plan => plan.Edit(Key, "policy", text => text.Replace("arn:aws:iam::111122223333:root", "*", StringComparison.Ordinal))),
        new("key gone in a week", "kms-deletion-window", plan => plan.Set(Key, "deletionWindowInDays", "7")),
        new("log kept for ever", "logs-retention", plan => plan.Set(LogGroup, "retentionInDays", "0"), "logs-audit-year"),
        new("audit log for a month", "logs-audit-year", plan => plan.Set(LogGroup, "retentionInDays", "30")),
        new("log without a key", "logs-kms", plan => plan.Set(LogGroup, "kmsKeyId", null)),
        new("cost centre tag removed", "cost-tags", plan => plan.Edit(Provider, "defaultTags", text => text.Replace("\"cost-center\"", "\"cost-centre\"", StringComparison.Ordinal))),
        new("nodes without an owner", "cost-tags-on-nodes", plan => plan.Set(NodeClass, "spec.tags.owner", null)),
        new("viewer HTTP allowed", "cloudfront-viewer-https", plan => plan.Set(ProdPlan.Distribution, "orderedCacheBehaviors[0].viewerProtocolPolicy", "allow-all")),
        new("TLS 1.0 at the edge", "cloudfront-viewer-tls12", plan => plan.Set(ProdPlan.Distribution, "viewerCertificate.minimumProtocolVersion", "TLSv1")),
        new("edge logs off", "cloudfront-access-logs", plan => plan.Set(ProdPlan.Distribution, "loggingConfig", null, "example-edge")),
        new("firewall off", "cloudfront-waf", plan => plan.Set(ProdPlan.Distribution, "webAclId", null)),
        new("bucket origin without control", "cloudfront-bucket-origin-access-control", plan => plan.Set(ProdPlan.Distribution, "origins[0].originAccessControlId", null, "example-edge")),
        new("no failover", "cloudfront-origin-failover", plan => plan.Set(ProdPlan.Distribution, "originGroups", null)),
        new("CloudFront's own certificate", "cloudfront-custom-certificate", plan => plan.Set(ProdPlan.Distribution, "viewerCertificate.acmCertificateArn", null)),
        new("HTTP to the origin", "cloudfront-origin-tls", plan => plan.Set(ProdPlan.Distribution, "origins[1].customOriginConfig.originProtocolPolicy", "http-only")),
        new("SSLv3 to the origin", "cloudfront-origin-tls", plan => plan.Set(ProdPlan.Distribution, "origins[1].customOriginConfig.originSslProtocols", "[SSLv3, TLSv1.2]")),
        new("no security headers", "cloudfront-security-headers", plan => plan.Set(ProdPlan.Distribution, "defaultCacheBehavior.responseHeadersPolicyId", null)),
        new("HSTS for an hour", "cloudfront-hsts", plan => plan.Set("aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy", "securityHeadersConfig.strictTransportSecurity.accessControlMaxAgeSec", "3600")),
        new("no root object", "cloudfront-default-root-object", plan => plan.Set(ProdPlan.Distribution, "defaultRootObject", null, "example-edge")),
        new("origin that anyone can register", "cloudfront-no-dangling-bucket", plan => plan.Set(ProdPlan.Distribution, "origins[0].domainName", "gone.s3.us-east-1.amazonaws.com", "example-edge")),
        new("no edge in Asia", "cloudfront-price-class-covers-clusters", plan => plan.Set(ProdPlan.Distribution, "priceClass", "PriceClass_100")),
        new("viewer-event Lambda at 512 MB", "edge-function-limits", plan => plan.Set(ProdPlan.Distribution, "defaultCacheBehavior.lambdaFunctionAssociations[0].eventType", "viewer-request", "example-edge")),
        new("arm64 at the edge", "edge-function-architecture", plan => plan.Set(ProdPlan.Function, "architectures", "[arm64]", "example-edge")),
        new("$LATEST at the edge", "edge-function-numbered-version", plan => plan.Set(ProdPlan.Distribution, "defaultCacheBehavior.lambdaFunctionAssociations[0].lambdaArn", "'arn:aws:lambda:us-east-1:111122223333:function:example-edge:$LATEST'", "example-edge")),
        new("X-Ray at the edge", "edge-function-supported-features", plan => plan.Set(ProdPlan.Function, "tracingConfig", "{mode: Active}", "example-edge")),
        new("edge role without lambda", "edge-function-trust", plan => plan.Edit("aws:iam/role:Role", "assumeRolePolicy", text => text.Replace("\"lambda.amazonaws.com\",", "", StringComparison.Ordinal), resource => resource.Name == "example-edge")),
        new("function URL for everyone", "lambda-url-signed", plan => plan.Set("aws:lambda/functionUrl:FunctionUrl", "authorizationType", "NONE")),
        new("any distribution may call", "lambda-permission-scoped", plan => plan.Set("aws:lambda/permission:Permission", "sourceArn", null)),
        new("Node.js 16", "lambda-supported-runtime", plan => plan.Set(ProdPlan.Function, "runtime", "nodejs16.x")),
        new("alarm silenced", "alarm-actions-on", plan => plan.Set(ProdPlan.Alarm, "actionsEnabled", "false")),
        new("alarm without a receiver", "alarm-receiver", plan => plan.Set(ProdPlan.Alarm, "alarmActions", "[]")),
        new("objective without an alarm", "slo-alerts", plan => plan.Edit(inputs => inputs.With("dimensions", null), alarm => alarm.Name == "example-burn")),
        new("one burn window", "slo-alerts", plan => plan.Set(ProdPlan.Objective, "burnRateConfigurations[1]", null, "example")),
        new("burn alert on one window", "burn-alert-two-windows", plan => plan.Set("kubernetes:monitoring.coreos.com/v1:PrometheusRule", "spec.groups[0].rules[0].expr", "'e:ratio_rate1h > 0.014'", "example")),
        new("sampling by status", "xray-sampling-fields", plan => plan.Set("aws-native:xray:SamplingRule", "samplingRule.condition", "error")),
        new("tags that move", "ecr-immutable-tags", plan => plan.Set(Repository, "imageTagMutability", "MUTABLE")),
        new("images not scanned", "ecr-scan", plan => plan.Set(Repository, "imageScanningConfiguration", null)),
        new("zone without query log", "route53-query-logs", plan => plan.Without(resource => resource.Type == "aws:route53/queryLog:QueryLog")),
        new("budget removed", "workload-disruption-budget", plan => plan.Without(resource => resource.Type == "kubernetes:policy/v1:PodDisruptionBudget" && resource.Region == "eu-central-1")),
        new("budget selects nothing", "workload-disruption-budget", plan => plan.Set("kubernetes:policy/v1:PodDisruptionBudget", "spec.selector.matchLabels", "{app: nothing}")),
        new("image by tag", "image-by-digest", plan => plan.Set(Deployment, $"{Container}.image", "akidb/rest:latest")),
        new("default deny removed", "namespace-default-deny", plan => plan.Without(IsDenial)),
        new("load balancer for everyone", "service-load-balancer-allow-list", plan => plan.Set("kubernetes:core/v1:Service", "spec.type", "LoadBalancer")),
        new("chart of the day", "helm-version-pinned", plan => plan.Set("kubernetes:helm.sh/v3:Release", "version", null)),
        new("minDomains removed", "capacity-spread-min-domains", plan => plan.Edit(inputs => inputs.With($"{SpreadOf(inputs)}.minDomains", null),
            resource => resource.Type == Deployment && SpreadOf(resource.Inputs) is not null)),
        new("latest machine image", "nodeclass-image-pinned", plan => plan.Set(NodeClass, "spec.amiSelectorTerms[0].alias", "al2023@latest")),
        new("pool without limits", "nodepool-limits", plan => plan.Set(Pool, "spec.limits", null)),
        new("two families of spot", "nodepool-instance-diversity", plan => plan.Edit(inputs => inputs.With("spec.template.spec.requirements[3].values", YamlValues.Read("[c7g, m7g]")), IsSpot), "nodepool-spot-consolidation"),
        new("on-demand pool may take spot", "spot-share", plan => plan.Edit(inputs => inputs.With("spec.template.spec.requirements[2].values", YamlValues.Read("[spot, on-demand]")), resource => resource.Type == Pool && !IsSpot(resource))),
        new("pools share a domain", "capacity-spread-disjoint", plan => plan.Edit(inputs => inputs.With("spec.template.spec.requirements[5].values[0]", YamlValues.Read("on-demand-1")), IsSpot)),
        new("a Provisioner of old", "karpenter-current-api", plan => plan.Has("kubernetes:karpenter.sh/v1alpha5:Provisioner", "default")),
        new("Karpenter on its own nodes", "karpenter-not-on-its-own-nodes", plan => plan.Edit(inputs => inputs.With("values.nodeSelector", YamlValues.Read("{karpenter.sh/nodepool: akidb-spot}")),
            resource => resource.Type == "kubernetes:helm.sh/v3:Release" && resource.TextOf("chart").EndsWith("/karpenter", StringComparison.Ordinal))),
        new("no home for Karpenter", "karpenter-has-a-home", plan => plan.Without(resource => resource.Type == "aws:eks/nodeGroup:NodeGroup" && resource.Region == "ap-northeast-1")),
        new("rebalance notices lost", "karpenter-interruption-events", plan => plan.Without(resource => resource.Type == "aws:cloudwatch/eventRule:EventRule" && resource.TextOf("eventPattern").Contains("Rebalance", StringComparison.Ordinal))),
        new("day-old interruption notices", "karpenter-queue-retention", plan => plan.Set("aws:sqs/queue:Queue", "messageRetentionSeconds", "86400")),
        new("nodes not admitted", "node-role-admitted", plan => plan.Without(resource => resource.Type == "aws:eks/accessEntry:AccessEntry" && resource.TextOf("type") == "EC2_LINUX" && resource.Region == "us-east-1")),
        new("password in a container", "no-plain-secrets", plan => plan.Set(Deployment, $"{Container}.env", "[{name: REDIS_PASSWORD, value: correct-horse-battery}]")),
        new("access key in a ConfigMap", "no-plain-secrets", plan => plan.Set("kubernetes:core/v1:ConfigMap", "data", "{settings: 'key=AKIAIOSFODNN7EXAMPLE'}")),
        new("secret passed in the clear", "kubernetes-secret-from-secret", plan => plan.Has("kubernetes:core/v1:Secret", "fault", "stringData: {note: plain}")),
        new("secret in a function", "lambda-no-secret-environment", plan => plan.Has(ProdPlan.Function, "fault", "{name: fault, runtime: nodejs22.x, environment: {variables: {API_KEY: correct-horse-battery}}}"), "no-plain-secrets"),
    ];

    private static bool IsDenial(AkiDb.Infra.Plan.PlannedResource resource) => resource.Type == "kubernetes:networking.k8s.io/v1:NetworkPolicy"
        && resource.Input("spec.podSelector.matchLabels") is null && resource.Input("spec.ingress") is null && resource.Input("spec.egress") is null;

    private static string? SpreadOf(MapValue inputs) => Enumerable.Range(0, 4).Select(index => $"spec.template.spec.topologySpreadConstraints[{index}]")
        .FirstOrDefault(path => inputs.At($"{path}.topologyKey") is TextValue { Value: "capacity-spread" });

    private static bool IsSpot(AkiDb.Infra.Plan.PlannedResource resource) =>
        resource.Type == Pool && resource.Input("spec.template.spec.requirements[2].values[0]") is TextValue { Value: "spot" };

    private static PlanBuilder Grant(PlanBuilder plan, string actions, string resources) =>
        plan.Has("aws:iam/rolePolicy:RolePolicy", "fault", $"policy: !json {{Statement: [{{Effect: Allow, Action: {actions}, Resource: {resources}}}]}}");
}
