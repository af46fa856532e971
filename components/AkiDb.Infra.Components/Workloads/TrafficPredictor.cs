using AkiDb.Contracts;
using AkiDb.Infra.Components.Identity;
using Pulumi;

namespace AkiDb.Infra.Components.Workloads;

/// <summary>Settings of a <see cref="TrafficPredictor"/>.</summary>
public sealed class TrafficPredictorArgs : ResourceArgs
{
    /// <summary>What the cluster's workloads have in common.</summary>
    public required WorkloadSettings Settings { get; init; }

    /// <summary>Name of this region's model bucket.</summary>
    [Input("modelBucket", required: true)]
    public required Input<string> ModelBucket { get; init; }

    /// <summary>ARN of the bucket's key.</summary>
    [Input("modelKeyArn", required: true)]
    public required Input<string> ModelKeyArn { get; init; }
}

/// <summary>The traffic predictor: two pods that read Prometheus and answer forecasts for the next quarter of an hour.</summary>
public sealed class TrafficPredictor : ComponentResource
{
    /// <summary>Where trained models lie in the model bucket.</summary>
    private const string ModelFolder = "forecast";

    /// <summary>Declares the predictor.</summary>
    public TrafficPredictor(string name, TrafficPredictorArgs args, ComponentResourceOptions? options = null)
        : base("akidb:workloads:TrafficPredictor", name, args, options)
    {
        const string app = ServiceNames.TrafficPredictor;
        var parts = new WorkloadParts(this, name, args.Settings.After);
        var bucketArn = args.ModelBucket.Apply(bucket => $"arn:aws:s3:::{bucket}");
        parts.Account(app);
        parts.Identity(app, args.Settings,
        [
            new PolicyStatement
            {
                Sid = "ReadForecastModels",
                Actions = ["s3:GetObject"],
                Resources = { Output.Format($"{bucketArn}/{ModelFolder}/*") },
            },
            // Without it S3 says 403 of what is not there, before the first training. It asks for the object's key as the prefix.
            new PolicyStatement
            {
                Sid = "ListForecastModels",
                Actions = ["s3:ListBucket"],
                Resources = { bucketArn },
                Conditions = [new PolicyCondition("StringLike", "s3:prefix", $"{ModelFolder}/*")],
            },
            new PolicyStatement { Sid = "DecryptForecastModels", Actions = ["kms:Decrypt"], Resources = { args.ModelKeyArn } },
        ]);
        parts.Deployment(new ServicePod
        {
            App = app,
            Image = args.Settings.Images[ImageNames.Predictor],
            Arguments =
            [
                "serve", "--prometheus", MonitoringNames.PrometheusUrl, "--models", args.ModelBucket.Apply(bucket => $"s3://{bucket}/{ModelFolder}"),
            ],
            Cpu = "250m",
            Memory = "512Mi",
            PriorityClass = WorkloadNamespace.Background,
            TraceEndpoint = args.Settings.TraceEndpoint,
        }, replicas: 2);
        parts.Service(app, ServiceNames.TrafficPredictorService);
        parts.DisruptionBudget(app);
        parts.Paths(app, new NetworkPaths
        {
            From = [ServiceNames.PredictiveAutoscaler],
            ToAws = true,
            ToPrometheus = true,
            ToCollectors = args.Settings.TraceEndpoint is not null,
        });
        RegisterOutputs();
    }
}
