using Pulumi;
using Aws = Pulumi.Aws;

namespace AkiDb.Infra.Components.Observability;

/// <summary>The questions that people ask the logs in an incident, saved in Logs Insights.</summary>
internal static class LogQueries
{
    public static void Create(
        string name, string prefix, Output<string> workloads, Output<string> audit, string controlPlane, CustomResourceOptions options)
    {
        Save("errors-by-service", workloads,
            "filter LogLevel in ['Error', 'Critical'] | stats count(*) as lines by kubernetes.container_name, bin(5m) | sort lines desc");
        Save("newest-errors", workloads,
            "filter LogLevel in ['Error', 'Critical'] | fields @timestamp, kubernetes.pod_name, Category, Message, Exception | sort @timestamp desc | limit 100");
        // The id stands in every response as X-Trace-Id; put it between the quotes.
        Save("one-trace", workloads,
            "filter @message like 'TRACE-ID' | fields @timestamp, kubernetes.container_name, LogLevel, Message | sort @timestamp asc");
        Save("slowest-requests", workloads,
            "filter ispresent(State.ElapsedMilliseconds) | fields @timestamp, kubernetes.container_name, State.Path, State.ElapsedMilliseconds | sort State.ElapsedMilliseconds desc | limit 50");
        Save("runbook-audit", audit,
            "fields @timestamp, runbook, action, before, after, dryRun, trigger | sort @timestamp desc | limit 200");
        Save("who-changed-what", Output.Create(controlPlane),
            "filter @logStream like 'kube-apiserver-audit' and verb in ['create', 'update', 'patch', 'delete'] and user.username not like 'system:' "
            + "| fields @timestamp, user.username, verb, objectRef.namespace, objectRef.resource, objectRef.name | sort @timestamp desc | limit 200");
        Save("evictions", Output.Create(controlPlane),
            "filter @logStream like 'kube-apiserver-audit' and objectRef.subresource = 'eviction' "
            + "| stats count(*) as evictions by objectRef.namespace, user.username, bin(5m)");

        void Save(string query, Output<string> group, string text) => _ = new Aws.CloudWatch.QueryDefinition($"{name}-{query}", new Aws.CloudWatch.QueryDefinitionArgs
        {
            Name = $"{prefix}/{query}",
            LogGroupNames = { group },
            QueryString = text,
        }, options);
    }
}
