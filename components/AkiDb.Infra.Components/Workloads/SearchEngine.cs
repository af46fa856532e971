using System.Collections.Immutable;
using AkiDb.Contracts;
using AkiDb.Infra.Components.Identity;
using AkiDb.Infra.Components.Kubernetes;
using Pulumi;
using Pulumi.Kubernetes.Types.Inputs.Apps.V1;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Meta.V1;
using K8s = Pulumi.Kubernetes;

namespace AkiDb.Infra.Components.Workloads;

/// <summary>
/// The search engine of one cluster: readers that follow the writer's snapshots and log, spread over spot and on-demand; in the
/// home region also the one writer, on on-demand nodes, with its SQLite store on an encrypted volume.
/// </summary>
public sealed class SearchEngine : ComponentResource
{
    /// <summary>Secret with the file <c>keys.json</c> of API keys (docs/search-engine.md, "Keys"). Made by hand: hashes only, but nobody's to read.</summary>
    public const string KeysSecret = "akidb-search-keys";

    private const string KeysFolder = "/etc/akidb/keys";
    private const string SnapshotPrefix = "snapshots";

    private readonly SearchEngineArgs _args;
    private readonly WorkloadParts _parts;

    /// <summary>Declares readers and, at home, the writer.</summary>
    /// <exception cref="ArgumentException">Fewer replicas than domains, or a store out of range.</exception>
    public SearchEngine(string name, SearchEngineArgs args, ComponentResourceOptions? options = null)
        : base("akidb:workloads:SearchEngine", name, args, options)
    {
        _args = args;
        var component = $"SearchEngine '{name}'";
        ComponentArgument.InRange(component, nameof(args.MinReplicas), args.MinReplicas, args.Settings.Spread.DomainCount, 100);
        ComponentArgument.InRange(component, nameof(args.StoreGiB), args.StoreGiB, 10, 1000);

        _parts = new WorkloadParts(this, name, args.Settings.After);
        CreateReaders();
        if (args.IsHome)
            CreateWriter();
        RegisterOutputs();
    }

    private string Image => _args.Settings.Images[ImageNames.SearchEngine];

    // Where the writer publishes and the readers follow. Replication carries it to the other regions' buckets.
    private Input<string> Published => _args.ModelBucket.Apply(bucket => $"s3://{bucket}/{SnapshotPrefix}");

    private Output<string> BucketArn => _args.ModelBucket.Apply(bucket => $"arn:aws:s3:::{bucket}");

    private void CreateReaders()
    {
        const string app = ServiceNames.SearchEngine;
        _parts.Account(app);
        _parts.Identity(app, _args.Settings, ReadModels());
        _parts.Deployment(new ServicePod
        {
            App = app,
            Image = Image,
            Arguments = [.. Serve("reader"), "--follow", Published, .. Forwarding()],
            Cpu = "500m",
            Memory = "2Gi",
            PriorityClass = WorkloadNamespace.Serving,
            TraceEndpoint = _args.Settings.TraceEndpoint,
            Spread = _args.Settings.Spread,
            Volumes = { new VolumeArgs { Name = "data", EmptyDir = new EmptyDirVolumeSourceArgs { SizeLimit = "10Gi" } }, Keys() },
            Mounts = { new VolumeMountArgs { Name = "data", MountPath = "/data" }, KeysMount() },
        }, _args.MinReplicas, isScaledElsewhere: true);
        _parts.Service(app);
        _parts.DisruptionBudget(app);
        _parts.Paths(app, new NetworkPaths
        {
            From = [ServiceNames.Router],
            To = [(ServiceNames.SearchWriter, ServiceEndpoints.Port)],
            ToAws = true,
            ToCollectors = _args.Settings.TraceEndpoint is not null,
        });
    }

    private void CreateWriter()
    {
        const string app = ServiceNames.SearchWriter;
        var pod = new ServicePod
        {
            App = app,
            Image = Image,
            Arguments = [.. Serve("writer"), "--publish", Published],
            Cpu = "1000m",
            Memory = "4Gi",
            PriorityClass = WorkloadNamespace.Serving,
            TraceEndpoint = _args.Settings.TraceEndpoint,
            OnlyOn = _args.Settings.Spread.OnDemandDomains.Add(_args.Settings.Spread.BaselineDomain).Distinct().ToArray(),
            Volumes = { Keys() },
            Mounts = { new VolumeMountArgs { Name = "data", MountPath = "/data" }, KeysMount() },
        };
        _parts.Account(app);
        _parts.Identity(app, _args.Settings, [.. ReadModels(), .. WriteSnapshots()]);
        _parts.Service(app, isHeadless: true);
        _parts.DisruptionBudget(app);
        _parts.Paths(app, new NetworkPaths
        {
            From = [ServiceNames.SearchEngine, ServiceNames.Router],
            ToAws = true,
            ToCollectors = _args.Settings.TraceEndpoint is not null,
        });
        _ = new K8s.Apps.V1.StatefulSet($"{GetResourceName()}-{app}", new StatefulSetArgs
        {
            Metadata = ObjectMetadata.InAkiDb(app),
            Spec = new StatefulSetSpecArgs
            {
                // One writer: SQLite is the record, and two of them would be two truths.
                Replicas = 1,
                ServiceName = app,
                Selector = ObjectMetadata.Selector(app),
                Template = pod.Template(),
                VolumeClaimTemplates =
                {
                    new PersistentVolumeClaimArgs
                    {
                        Metadata = new ObjectMetaArgs { Name = "data" },
                        Spec = new PersistentVolumeClaimSpecArgs
                        {
                            AccessModes = { "ReadWriteOncePod" },
                            StorageClassName = WorkloadNamespace.StorageClass,
                            Resources = new VolumeResourceRequirementsArgs { Requests = { ["storage"] = $"{_args.StoreGiB}Gi" } },
                        },
                    },
                },
            },
        }, _parts.Options);
    }

    private Input<string>[] Serve(string role) =>
    [
        "serve", "--role", role, "--data", "/data", "--keys", $"{KeysFolder}/keys.json", "--region", _args.Settings.Region, "--cluster", _args.Settings.ClusterName,
    ];

    // The writer is reachable inside its own cluster only; elsewhere a write is refused with a sentence that says so.
    private Input<string>[] Forwarding() => _args.IsHome ? ["--writer", $"http://{ServiceNames.SearchWriter}:{ServiceEndpoints.Port}"] : [];

    private static VolumeArgs Keys() => new() { Name = "keys", Secret = new SecretVolumeSourceArgs { SecretName = KeysSecret } };

    private static VolumeMountArgs KeysMount() => new() { Name = "keys", MountPath = KeysFolder, ReadOnly = true };

    private ImmutableArray<PolicyStatement> ReadModels() =>
    [
        new PolicyStatement { Sid = "ListModels", Actions = ["s3:ListBucket"], Resources = { BucketArn } },
        new PolicyStatement { Sid = "ReadModels", Actions = ["s3:GetObject"], Resources = { Output.Format($"{BucketArn}/*") } },
        new PolicyStatement { Sid = "DecryptModels", Actions = ["kms:Decrypt"], Resources = { _args.ModelKeyArn } },
    ];

    private ImmutableArray<PolicyStatement> WriteSnapshots() =>
    [
        new PolicyStatement { Sid = "WriteSnapshots", Actions = ["s3:PutObject", "s3:DeleteObject"], Resources = { Output.Format($"{BucketArn}/{SnapshotPrefix}/*") } },
        new PolicyStatement { Sid = "EncryptSnapshots", Actions = ["kms:GenerateDataKey"], Resources = { _args.ModelKeyArn } },
    ];
}
