using AkiDb.Contracts;
using AkiDb.Infra.Components.Autoscaling;
using AkiDb.Infra.Components.Storage;
using AkiDb.Infra.Components.Workloads;
using AkiDb.Infra.Stacks.Settings;
using Pulumi;

namespace AkiDb.Infra.Stacks;

/// <summary>What runs in one region's cluster.</summary>
internal static class RegionalWorkloads
{
    /// <summary>Declares them.</summary>
    /// <returns>The namespace that they stand in, with the classes of storage and priority that others use too.</returns>
    public static WorkloadNamespace Create(EnvironmentSettings settings, RegionalCell cell, ModelStore models, bool isHome)
    {
        var options = new ComponentResourceOptions { Providers = [cell.Provider, cell.Cluster.Kubernetes] };
        var space = new WorkloadNamespace($"{cell.Name}-workloads", new WorkloadNamespaceArgs
        {
            CpuQuota = settings.Capacity.CpuLimit,
            MemoryQuotaGiB = settings.Capacity.MemoryLimitGiB,
            After = cell.Nodes,
        }, options);
        var shared = Shared(settings, cell, space);
        var bucket = models.BucketNames[cell.Region];
        var key = models.KeyArns[cell.Region];

        if (shared.Images.ContainsKey(ImageNames.SearchEngine))
        {
            _ = new SearchEngine($"{cell.Name}-search", new SearchEngineArgs
            {
                Settings = shared,
                ModelBucket = bucket,
                ModelKeyArn = key,
                IsHome = isHome,
                MinReplicas = settings.Workloads.MinReplicas,
            }, options);
            _ = new RightSizing($"{cell.Name}-sizing", new RightSizingArgs { After = cell.Nodes }, options);
        }

        if (shared.Images.ContainsKey(ImageNames.Predictor))
        {
            _ = new TrafficPredictor($"{cell.Name}-predictor", new TrafficPredictorArgs { Settings = shared, ModelBucket = bucket, ModelKeyArn = key }, options);
            _ = new PredictiveScaling($"{cell.Name}-scaling", new PredictiveScalingArgs
            {
                Settings = shared,
                MinReplicas = settings.Workloads.MinReplicas,
                MaxReplicas = settings.Workloads.MaxReplicas,
            }, options);
        }

        if (shared.Images.ContainsKey(ImageNames.Router))
        {
            _ = new Router($"{cell.Name}-router", new RouterArgs
            {
                Settings = shared,
                Replicas = settings.Workloads.RouterReplicas,
                Boards = isHome ? BoardFleet.Reachable(settings) : null,
            }, options);
        }

        if (settings.Workloads.Schedule is { } schedule && shared.Images.ContainsKey(ImageNames.Kubectl))
        {
            _ = new ScaleToZero($"{cell.Name}-schedule", new ScaleToZeroArgs
            {
                Settings = shared,
                DownAt = schedule.DownAt,
                UpAt = schedule.UpAt,
                MinReplicas = settings.Workloads.MinReplicas,
            }, options);
        }

        return space;
    }

    /// <summary>What the workloads of a region have in common, those of other namespaces too.</summary>
    public static WorkloadSettings Shared(EnvironmentSettings settings, RegionalCell cell, WorkloadNamespace space)
    {
        var images = RegionalImages.For(settings, cell.Region);
        return new WorkloadSettings
        {
            AccountId = settings.AccountId,
            Region = cell.Region,
            ClusterName = cell.Cluster.Name,
            ClusterArn = cell.Cluster.Arn,
            Spread = cell.Spread,
            Images = images,
            TraceEndpoint = settings.Observability.TracesAreTaken && images.ContainsKey(ImageNames.Collector) ? MonitoringNames.TraceEndpoint : null,
            After = [space.Ready],
        };
    }
}
