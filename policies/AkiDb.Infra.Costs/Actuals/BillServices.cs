using System.Collections.Immutable;

namespace AkiDb.Infra.Costs.Actuals;

/// <summary>Which of an estimate's services stand under which name on the bill. EC2 comes in two: instances, and "EC2 - Other",
/// which holds NAT gateways, volumes and transfer. Lambda@Edge stands under Lambda.</summary>
internal static class BillServices
{
    private static readonly ImmutableDictionary<string, string> Names = new Dictionary<string, string>
    {
        ["ec2"] = "Amazon Elastic Compute Cloud - Compute",
        ["ebs"] = "EC2 - Other",
        ["transfer"] = "EC2 - Other",
        ["eks"] = "Amazon Elastic Container Service for Kubernetes",
        ["elb"] = "Amazon Elastic Load Balancing",
        ["vpc"] = "Amazon Virtual Private Cloud",
        ["cloudfront"] = "Amazon CloudFront",
        ["lambda"] = "AWS Lambda",
        ["s3"] = "Amazon Simple Storage Service",
        ["ecr"] = "Amazon EC2 Container Registry (ECR)",
        ["kms"] = "AWS Key Management Service",
        ["secrets"] = "AWS Secrets Manager",
        ["sqs"] = "Amazon Simple Queue Service",
        ["sns"] = "Amazon Simple Notification Service",
        ["waf"] = "AWS WAF",
        ["route53"] = "Amazon Route 53",
        ["cloudwatch"] = "AmazonCloudWatch",
        ["xray"] = "AWS X-Ray",
        ["firehose"] = "Amazon Kinesis Firehose",
        ["costExplorer"] = "AWS Cost Explorer",
        ["events"] = "CloudWatch Events",
        ["scheduler"] = "CloudWatch Events",
    }.ToImmutableDictionary();

    /// <summary>The bill's name of a line's service; null for what AWS does not bill (PagerDuty, electricity).</summary>
    public static string? Of(string priceId) => priceId.StartsWith("vpc.nat.", StringComparison.Ordinal)
        ? "EC2 - Other"
        : Names.GetValueOrDefault(priceId.Split('.')[0]);
}
