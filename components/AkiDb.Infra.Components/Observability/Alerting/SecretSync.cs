using System.Collections.Immutable;
using AkiDb.Contracts;
using AkiDb.Infra.Components.Cluster;
using AkiDb.Infra.Components.Identity;
using AkiDb.Infra.Components.Kubernetes;
using Pulumi;
using Pulumi.Kubernetes.Types.Inputs.Helm.V3;
using Aws = Pulumi.Aws;
using K8s = Pulumi.Kubernetes;

namespace AkiDb.Infra.Components.Observability.Alerting;

/// <summary>
/// Copies PagerDuty's keys from Secrets Manager into the cluster: the External Secrets operator, one pod that sees one namespace and
/// whose role may read one secret.
/// </summary>
/// <remarks>Not the Secrets Store CSI driver: it is two pods on every node, spot nodes included, and makes its Secret only once a pod
/// mounts the volume that Alertmanager's own chart value for secrets does not speak of.</remarks>
internal sealed class SecretSync : ComponentResource
{
    /// <summary>Chart and program (2026-08).</summary>
    public const string Version = "2.9.0";

    private const string App = "external-secrets";
    private const string Store = "secrets-manager";

    private readonly string _name;
    private readonly AlertNotificationsArgs _args;

    public SecretSync(string name, AlertNotificationsArgs args, PagingSecret keys, ImmutableArray<string> needed, ComponentResource parent)
        : base("akidb:observability:SecretSync", name, args, new ComponentResourceOptions { Parent = parent })
    {
        (_name, _args) = (name, args);
        var identity = CreateIdentity(keys);
        var chart = CreateChart(identity);
        var options = new CustomResourceOptions { Parent = this, DependsOn = { chart } };
        var store = new CustomObject($"{name}-store", new CustomObjectArgs("external-secrets.io/v1", "SecretStore")
        {
            Metadata = ObjectMetadata.In(MonitoringNames.Namespace, Store),
            Spec = new Dictionary<string, object>
            {
                ["provider"] = new Dictionary<string, object>
                {
                    // No "auth": the pod's own identity.
                    ["aws"] = new Dictionary<string, object> { ["service"] = "SecretsManager", ["region"] = args.Region },
                },
            },
        }, options);
        _ = new CustomObject($"{name}-secret", new CustomObjectArgs("external-secrets.io/v1", "ExternalSecret")
        {
            Metadata = ObjectMetadata.In(MonitoringNames.Namespace, PagingKeys.Name),
            Spec = new Dictionary<string, object>
            {
                ["refreshInterval"] = "1h",
                ["secretStoreRef"] = new Dictionary<string, object> { ["kind"] = "SecretStore", ["name"] = Store },
                // What was copied stays when AWS cannot be asked, or when somebody deletes the secret by mistake.
                ["target"] = new Dictionary<string, object> { ["name"] = PagingKeys.Name, ["creationPolicy"] = "Owner", ["deletionPolicy"] = "Retain" },
                ["data"] = needed.Select(key => new Dictionary<string, object>
                {
                    ["secretKey"] = key,
                    ["remoteRef"] = new Dictionary<string, object> { ["key"] = keys.SecretName, ["property"] = key },
                }).ToArray(),
            },
        }, new CustomResourceOptions { Parent = this, DependsOn = { store } });
        RegisterOutputs();
    }

    private Aws.Eks.PodIdentityAssociation CreateIdentity(PagingSecret keys)
    {
        var role = new PodIdentityRole($"{_name}-reader", new PodIdentityRoleArgs
        {
            AccountId = _args.AccountId,
            ClusterArn = _args.ClusterArn,
            Policies = ImmutableDictionary<string, ImmutableArray<PolicyStatement>>.Empty.Add("read",
            [
                new PolicyStatement
                {
                    Sid = "ReadTheKeys",
                    Actions = ["secretsmanager:GetSecretValue", "secretsmanager:DescribeSecret"],
                    Resources = { keys.ArnIn(_args.Region) },
                },
            ]),
        }, new ComponentResourceOptions { Parent = this });
        return role.LetTake($"{_name}-reader", _args.ClusterName, MonitoringNames.Namespace, App, new CustomResourceOptions { Parent = this });
    }

    private K8s.Helm.V3.Release CreateChart(Resource identity) => new($"{_name}-chart", new ReleaseArgs
    {
        Name = App,
        Namespace = MonitoringNames.Namespace,
        Chart = App,
        Version = Version,
        RepositoryOpts = new RepositoryOptsArgs { Repo = "https://charts.external-secrets.io" },
        Atomic = true,
        Values =
        {
            ["scopedNamespace"] = MonitoringNames.Namespace,
            ["scopedRBAC"] = true,
            // One namespace, one direction, one source: no webhook to keep certificates for, no cluster-wide kinds.
            ["webhook"] = Map(("create", false)),
            ["certController"] = Map(("create", false)),
            ["processClusterExternalSecret"] = false,
            ["processClusterStore"] = false,
            ["processClusterPushSecret"] = false,
            ["processClusterGenerator"] = false,
            ["processPushSecret"] = false,
            ["crds"] = Map(("createClusterExternalSecret", false), ("createClusterSecretStore", false), ("createClusterGenerator", false),
                ("createClusterPushSecret", false), ("createPushSecret", false)),
            // It never speaks for another account.
            ["rbac"] = Map(("serviceAccountTokenCreate", false)),
            ["serviceAccount"] = Map(("name", App)),
            ["serviceMonitor"] = Map(("enabled", true)),
            ["nodeSelector"] = Map((OnDemandBaseline.PoolLabel, OnDemandBaseline.PoolName)),
            ["resources"] = Map(("requests", Map(("cpu", "20m"), ("memory", "96Mi"))), ("limits", Map(("memory", "96Mi")))),
        },
    }, new CustomResourceOptions { Parent = this, DependsOn = [.. _args.After, identity] });

    private static Dictionary<string, object> Map(params (string Key, object Value)[] entries) =>
        entries.ToDictionary(entry => entry.Key, entry => entry.Value);
}
