using AkiDb.Infra.Components.Storage;
using Pulumi;
using Pulumi.Aws.CloudWatch.Inputs;
using Aws = Pulumi.Aws;

namespace AkiDb.Infra.Components.Edge;

/// <summary>A distribution's access log, by standard logging v2: CloudWatch Logs delivers it to a bucket without storing it itself,
/// as JSON lines that Athena reads.</summary>
internal static class EdgeLogs
{
    public static void Create(string name, string prefix, Aws.CloudFront.Distribution distribution, Input<string> bucketArn, Resource parent)
    {
        var child = new CustomResourceOptions { Parent = parent };
        var source = new Aws.CloudWatch.LogDeliverySource($"{name}-log-source", new Aws.CloudWatch.LogDeliverySourceArgs
        {
            Name = $"{prefix}-edge",
            LogType = "ACCESS_LOGS",
            ResourceArn = distribution.Arn,
        }, child);
        var destination = new Aws.CloudWatch.LogDeliveryDestination($"{name}-log-destination", new Aws.CloudWatch.LogDeliveryDestinationArgs
        {
            Name = $"{prefix}-edge",
            DeliveryDestinationType = "S3",
            OutputFormat = "json",
            DeliveryDestinationConfiguration = new LogDeliveryDestinationDeliveryDestinationConfigurationArgs
            {
                DestinationResourceArn = bucketArn.Apply(arn => $"{arn}/{LogBucket.EdgePrefix}"),
            },
        }, child);
        _ = new Aws.CloudWatch.LogDelivery($"{name}-log-delivery", new Aws.CloudWatch.LogDeliveryArgs
        {
            DeliverySourceName = source.Name,
            DeliveryDestinationArn = destination.Arn,
        }, child);
    }
}
