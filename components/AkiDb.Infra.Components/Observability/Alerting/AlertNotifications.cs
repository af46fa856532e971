using AkiDb.Contracts;
using AkiDb.Infra.Components.Kubernetes;
using Pulumi;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;
using K8s = Pulumi.Kubernetes;

namespace AkiDb.Infra.Components.Observability.Alerting;

/// <summary>
/// What Alertmanager does with alerts: its configuration, which names files with keys, and, where anybody is told, what brings
/// those files from Secrets Manager.
/// </summary>
public sealed class AlertNotifications : ComponentResource
{
    /// <summary>Secret that kube-prometheus-stack reads the configuration from (<c>alertmanagerSpec.configSecret</c>).</summary>
    public const string ConfigurationSecret = "akidb-alertmanager";

    /// <summary>Declares configuration and keys.</summary>
    /// <exception cref="ArgumentException">Somebody is to be told and there are no keys, or the working hours are upside down.</exception>
    public AlertNotifications(string name, AlertNotificationsArgs args, ComponentResourceOptions? options = null)
        : base("akidb:observability:AlertNotifications", name, args, options)
    {
        var component = $"AlertNotifications '{name}'";
        ComponentArgument.Require(args.Level == NotificationLevel.None || args.Keys is not null, component, nameof(args.Keys), null,
            "the keys in Secrets Manager, unless Level is None");
        ComponentArgument.Require(args.Hours.From < args.Hours.Until && !args.Hours.Days.IsEmpty, component, nameof(args.Hours), args.Hours,
            "one day or more, From before Until");

        var configuration = AlertmanagerConfiguration.For(args.Level, args.Hours, args.PagerDuty);
        // No key is in it. It is a Secret because the operator reads it from one; what it says is nobody else's business all the same.
        _ = new K8s.Core.V1.Secret($"{name}-configuration", new SecretArgs
        {
            Metadata = ObjectMetadata.In(MonitoringNames.Namespace, ConfigurationSecret),
            StringData =
            {
                ["alertmanager.yaml"] = Output.CreateSecret(args.RunbookTopicArn is { } topic
                    ? topic.Apply(arn => configuration.WithRunbooks(arn, args.Region).File())
                    : Output.Create(configuration.File())),
            },
        }, new CustomResourceOptions { Parent = this, DependsOn = args.After.ToList() });
        if (args.Keys is { } keys && args.Level != NotificationLevel.None)
            _ = new SecretSync($"{name}-keys", args, keys, args.Level == NotificationLevel.Pages ? PagingKeys.All : [PagingKeys.Tickets], this);
        RegisterOutputs();
    }
}
