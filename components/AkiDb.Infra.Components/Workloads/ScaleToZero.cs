using AkiDb.Contracts;
using AkiDb.Infra.Components.Kubernetes;
using Pulumi;
using Pulumi.Kubernetes.Types.Inputs.Batch.V1;
using Pulumi.Kubernetes.Types.Inputs.Rbac.V1;
using K8s = Pulumi.Kubernetes;

namespace AkiDb.Infra.Components.Workloads;

/// <summary>Settings of <see cref="ScaleToZero"/>.</summary>
public sealed class ScaleToZeroArgs : ResourceArgs
{
    /// <summary>What the cluster's workloads have in common.</summary>
    public required WorkloadSettings Settings { get; init; }

    /// <summary>When workloads stop, as cron in UTC, e.g. <c>0 20 * * mon-fri</c>.</summary>
    public required string DownAt { get; init; }

    /// <summary>When they start again, as cron in UTC.</summary>
    public required string UpAt { get; init; }

    /// <summary>Readers to start with in the morning; the autoscaler goes on from there.</summary>
    public required int MinReplicas { get; init; }
}

/// <summary>
/// Outside production: at night every workload goes to zero, Karpenter ends the empty nodes, and only the baseline is paid for.
/// </summary>
public sealed class ScaleToZero : ComponentResource
{
    private const string App = "akidb-schedule";

    /// <summary>Declares the two schedules and the rights that they need.</summary>
    /// <exception cref="ArgumentException">A schedule that is not five cron fields.</exception>
    public ScaleToZero(string name, ScaleToZeroArgs args, ComponentResourceOptions? options = null)
        : base("akidb:workloads:ScaleToZero", name, args, options)
    {
        foreach (var (argument, schedule) in new[] { (nameof(args.DownAt), args.DownAt), (nameof(args.UpAt), args.UpAt) })
        {
            ComponentArgument.Require(schedule.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length == 5,
                $"ScaleToZero '{name}'", argument, schedule, "five cron fields in UTC, such as 0 20 * * mon-fri");
        }

        var parts = new WorkloadParts(this, name, args.Settings.After);
        parts.Account(App);
        parts.Rights(App,
            new PolicyRuleArgs { ApiGroups = { "apps" }, Resources = { "deployments" }, Verbs = { "get", "list" } },
            new PolicyRuleArgs { ApiGroups = { "apps" }, Resources = { "deployments/scale" }, Verbs = { "get", "update", "patch" } });
        // The autoscaler is one of them: it cannot start the readers again.
        CreateSchedule(parts, $"{name}-down", args.DownAt, args.Settings, replicas: 0);
        CreateSchedule(parts, $"{name}-up", args.UpAt, args.Settings, args.MinReplicas);
        parts.Paths(App, new NetworkPaths { ToKubernetes = true });
        RegisterOutputs();
    }

    private static void CreateSchedule(WorkloadParts parts, string name, string schedule, WorkloadSettings settings, int replicas)
    {
        var pod = new ServicePod
        {
            App = App,
            Image = settings.Images[ImageNames.Kubectl],
            Arguments = ["scale", "deployment", "--all", $"--namespace={ServiceNames.Namespace}", $"--replicas={replicas}"],
            Cpu = "50m",
            Memory = "64Mi",
            PriorityClass = WorkloadNamespace.Background,
            CallsKubernetes = true,
            RunsToCompletion = true,
        };
        _ = new K8s.Batch.V1.CronJob(name, new CronJobArgs
        {
            Metadata = ObjectMetadata.InAkiDb(name),
            Spec = new CronJobSpecArgs
            {
                Schedule = schedule,
                TimeZone = "Etc/UTC",
                ConcurrencyPolicy = "Forbid",
                // A start missed by more than ten minutes (the control plane was away) waits for the next day.
                StartingDeadlineSeconds = 600,
                JobTemplate = new JobTemplateSpecArgs
                {
                    Spec = new JobSpecArgs { BackoffLimit = 3, Template = pod.Template() },
                },
            },
        }, parts.Options);
    }
}
