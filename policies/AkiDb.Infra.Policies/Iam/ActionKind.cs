using System.Collections.Frozen;

namespace AkiDb.Infra.Policies.Iam;

/// <summary>What is known of single AWS actions (written from memory in 2026-11; the Service Authorization Reference decides).</summary>
internal static class ActionKind
{
    private static readonly string[] ReadVerbs =
        ["Get", "List", "Describe", "Head", "BatchGet", "Query", "Scan", "Search", "Lookup", "Select", "Check", "Test", "Filter", "View", "Receive"];

    // Actions for which AWS defines no resource type: Resource must be * whatever one wants.
    private static readonly FrozenSet<string> Unscopable = new[]
    {
        "xray:PutTraceSegments", "xray:PutTelemetryRecords", "xray:PutSpans", "xray:PutSpansForIndexing", "cloudwatch:PutMetricData", "ecr:GetAuthorizationToken",
        "ec2:AttachNetworkInterface", "cloudtrail:LookupEvents", "ce:GetCostAndUsage", "ssmmessages:CreateControlChannel", "ssmmessages:CreateDataChannel",
        "ssmmessages:OpenControlChannel", "ssmmessages:OpenDataChannel", "ec2messages:AcknowledgeMessage", "logs:PutResourcePolicy", "iam:CreateServiceLinkedRole",
        "elasticloadbalancing:SetWebAcl", "logs:CreateLogDelivery", "logs:DeleteLogDelivery", "logs:UpdateLogDelivery",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>True if the action (a pattern is read by its first word) only reads.</summary>
    public static bool IsRead(string action) => action.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon
        && ReadVerbs.Any(verb => action.AsSpan(colon + 1).StartsWith(verb, StringComparison.OrdinalIgnoreCase));

    /// <summary>True if AWS lets no one name a resource for it. Reads of EC2, pricing and lists are so as a family.</summary>
    public static bool IsUnscopable(string action) => Unscopable.Contains(action)
        || action.StartsWith("ec2:Describe", StringComparison.OrdinalIgnoreCase) || action.StartsWith("pricing:", StringComparison.OrdinalIgnoreCase)
        || action.StartsWith("ce:Get", StringComparison.OrdinalIgnoreCase) || action.StartsWith("elasticloadbalancing:Describe", StringComparison.OrdinalIgnoreCase)
        || action.StartsWith("autoscaling:Describe", StringComparison.OrdinalIgnoreCase) || action.StartsWith("xray:Get", StringComparison.OrdinalIgnoreCase)
        || action.StartsWith("cloudwatch:GetMetric", StringComparison.OrdinalIgnoreCase) || action.StartsWith("cloudwatch:List", StringComparison.OrdinalIgnoreCase)
        || action.StartsWith("iam:List", StringComparison.OrdinalIgnoreCase) || action.StartsWith("wafv2:List", StringComparison.OrdinalIgnoreCase)
        || action.StartsWith("acm:List", StringComparison.OrdinalIgnoreCase) || action.StartsWith("tag:Get", StringComparison.OrdinalIgnoreCase)
        || action.StartsWith("aps:List", StringComparison.OrdinalIgnoreCase) || action.StartsWith("logs:Describe", StringComparison.OrdinalIgnoreCase)
        || action.StartsWith("s3:ListAllMyBuckets", StringComparison.OrdinalIgnoreCase) || action.StartsWith("sts:GetCallerIdentity", StringComparison.OrdinalIgnoreCase);
}
