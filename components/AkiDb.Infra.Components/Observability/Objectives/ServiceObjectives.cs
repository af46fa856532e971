using System.Collections.Immutable;
using AkiDb.Contracts;
using AkiDb.Infra.Components.Kubernetes;
using AkiDb.Infra.Components.Observability.Rules;
using Pulumi;

namespace AkiDb.Infra.Components.Observability.Objectives;

/// <summary>Settings of <see cref="ServiceObjectives"/>.</summary>
public sealed class ServiceObjectivesArgs : ResourceArgs
{
    /// <summary>Where the runbooks of docs/runbooks are published, without a slash at the end.</summary>
    public required Uri RunbooksUrl { get; init; }

    /// <summary>What must exist first: the namespace and the kinds of monitoring.coreos.com.</summary>
    public required ImmutableArray<Resource> After { get; init; }
}

/// <summary>
/// What is promised to clients and what is watched besides, as rules of the cluster's Prometheus: error budgets with alerts on two
/// windows each, golden signals, capacity, forecasts, and the watching itself.
/// </summary>
public sealed class ServiceObjectives : ComponentResource
{
    /// <summary>Declares two PrometheusRule objects.</summary>
    /// <exception cref="ArgumentException">The runbooks' address is not absolute, or not HTTPS.</exception>
    public ServiceObjectives(string name, ServiceObjectivesArgs args, ComponentResourceOptions? options = null)
        : base("akidb:observability:ServiceObjectives", name, args, options)
    {
        ComponentArgument.Require(args.RunbooksUrl is { IsAbsoluteUri: true, Scheme: "https" }, $"ServiceObjectives '{name}'", nameof(args.RunbooksUrl),
            args.RunbooksUrl, "an HTTPS address, e.g. https://wiki.akidb.com/runbooks");
        var runbooks = args.RunbooksUrl.ToString().TrimEnd('/');
        foreach (var (rules, groups) in new[] { ("akidb-objectives", AlertCatalogue.Objectives), ("akidb-signals", AlertCatalogue.Signals) })
        {
            _ = new CustomObject($"{name}-{rules}", new CustomObjectArgs("monitoring.coreos.com/v1", "PrometheusRule")
            {
                Metadata = ObjectMetadata.In(MonitoringNames.Namespace, rules),
                Spec = new Dictionary<string, object> { ["groups"] = AlertCatalogue.Spec(groups, runbooks) },
            }, new CustomResourceOptions { Parent = this, DependsOn = args.After.ToList() });
        }

        RegisterOutputs();
    }
}
