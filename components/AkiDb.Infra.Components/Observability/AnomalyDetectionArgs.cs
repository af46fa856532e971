using AkiDb.Infra.Components.Workloads;
using Pulumi;

namespace AkiDb.Infra.Components.Observability;

/// <summary>Settings of <see cref="AnomalyDetection"/>.</summary>
public sealed class AnomalyDetectionArgs : ResourceArgs
{
    /// <summary>What the cluster's workloads have in common; the image <see cref="ImageNames.Operations"/> must be among them.</summary>
    public required WorkloadSettings Settings { get; init; }

    /// <summary>First part of the alarms' names, e.g. <c>akidb-prod</c>.</summary>
    public required string NamePrefix { get; init; }

    /// <summary>Name of this region's model bucket; models stand under <c>anomaly/</c>.</summary>
    [Input("modelBucket", required: true)]
    public required Input<string> ModelBucket { get; init; }

    /// <summary>ARN of the bucket's key.</summary>
    [Input("modelKeyArn", required: true)]
    public required Input<string> ModelKeyArn { get; init; }

    /// <summary>Topic that the alarms tell.</summary>
    [Input("topicArn", required: true)]
    public required Input<string> TopicArn { get; init; }

    /// <summary>When the models are trained anew, as cron in UTC. Default: Sunday at 03:00, the quietest hour of the traffic curve.</summary>
    public string TrainAt { get; init; } = "0 3 * * sun";
}
