namespace AkiDb.Infra.Costs.Estimates;

/// <summary>Services as a person names them, by the first part of a price's id.</summary>
public static class ServiceNames
{
    private static readonly Dictionary<string, string> Names = new(StringComparer.Ordinal)
    {
        ["ec2"] = "EC2 nodes",
        ["eks"] = "EKS",
        ["ebs"] = "EBS",
        ["vpc"] = "VPC",
        ["elb"] = "Load balancing",
        ["transfer"] = "Data transfer",
        ["cloudfront"] = "CloudFront",
        ["lambda"] = "Lambda",
        ["s3"] = "S3",
        ["ecr"] = "ECR",
        ["kms"] = "KMS",
        ["secrets"] = "Secrets Manager",
        ["sqs"] = "SQS",
        ["sns"] = "SNS",
        ["events"] = "EventBridge",
        ["scheduler"] = "EventBridge",
        ["waf"] = "WAF",
        ["route53"] = "Route 53",
        ["cloudwatch"] = "CloudWatch",
        ["xray"] = "X-Ray",
        ["firehose"] = "Firehose",
        ["transactionSearch"] = "X-Ray",
        ["applicationSignals"] = "Application Signals",
        ["prometheus"] = "Managed Prometheus",
        ["grafana"] = "Managed Grafana",
        ["costExplorer"] = "Cost Explorer",
        ["budgets"] = "Budgets",
        ["pagerduty"] = "PagerDuty",
        ["jetson"] = "Jetson fleet",
    };

    /// <summary>Every key, sorted: what settings may set budgets for.</summary>
    public static IReadOnlyList<string> Keys { get; } = [.. Names.Keys.Order(StringComparer.Ordinal)];

    /// <summary>The name of a service; the key itself where it has none.</summary>
    public static string Of(string service) => Names.GetValueOrDefault(service, service);
}
