using AkiDb.Contracts;
using AkiDb.Infra.Components.Observability.Metrics;

namespace AkiDb.Infra.Components.Observability.Rules;

/// <summary>Saturation of backends, pods and nodes (specification W15: 95 % for five minutes), and spot capacity that goes.</summary>
public static class CapacityRules
{
    private const string Region = MetricLabels.Region;

    /// <summary>The alerts.</summary>
    public static RuleGroup Group { get; } = new("capacity", TimeSpan.FromSeconds(30),
    [
        BackendSaturated, BackendEmpty, NodeCpuSaturated, NodeMemorySaturated, MemorySaturated, ContainerOomKilled, CpuThrottled,
        SpotInterruptionCascade, SpotInterruptionRateHigh, PodsPending, NodePoolNearLimit, SharedLoadStale,
    ]);

    private static AlertRule BackendSaturated => new()
    {
        Name = "BackendSaturated",
        Severity = AlertSeverity.P1,
        Area = AlertArea.Capacity,
        For = TimeSpan.FromMinutes(5),
        Expression = PromQl.Share(
            PromQl.Max(RouterSeries.Of(RouterMetricNames.BackendLoad), Region, MetricLabels.Backend),
            PromQl.Max(RouterSeries.Of(RouterMetricNames.BackendCapacity), Region, MetricLabels.Backend)) + " > 0.95",
        Summary = "{{ $labels.region }}: backend {{ $labels.backend }} carries {{ $value | humanizePercentage }} of its capacity",
        Description = "Requests queue from here on. Either replicas did not follow the load or they do not start.",
        ExplainedBy = [AlertNames.RegionDown, AlertNames.SpotInterruptionCascade],
    };

    private static AlertRule BackendEmpty => new()
    {
        Name = "BackendEmpty",
        Severity = AlertSeverity.P1,
        Area = AlertArea.Capacity,
        For = TimeSpan.FromMinutes(2),
        Expression = $"{PromQl.Max(RouterSeries.Of(RouterMetricNames.BackendHealthyAddresses), Region, MetricLabels.Backend)} == 0",
        Summary = "{{ $labels.region }}: backend {{ $labels.backend }} has no healthy address",
        Description = "The router sends its share to dearer backends. On spot this is what is left after an interruption, elsewhere a failed roll-out.",
        ExplainedBy = [AlertNames.RegionDown, AlertNames.SpotInterruptionCascade],
    };

    private static AlertRule NodeCpuSaturated => new()
    {
        Name = "NodeCpuSaturated",
        Severity = AlertSeverity.P2,
        Area = AlertArea.Capacity,
        For = TimeSpan.FromMinutes(5),
        Expression = $"1 - avg by (instance) ({new Series(NodeMetrics.CpuSeconds).Where("mode", "idle").Rate("5m")}) > 0.95",
        Summary = "{{ $labels.instance }}: CPU {{ $value | humanizePercentage }} busy",
        Description = "Pods on this node wait for the processor. Requests are set below what pods use, or there are too few nodes.",
        ExplainedBy = [AlertNames.RegionDown, AlertNames.SpotInterruptionCascade],
    };

    private static AlertRule NodeMemorySaturated => new()
    {
        Name = "NodeMemorySaturated",
        Severity = AlertSeverity.P2,
        Area = AlertArea.Capacity,
        For = TimeSpan.FromMinutes(5),
        Expression = $"1 - {NodeMetrics.MemoryAvailable} / {NodeMetrics.MemoryTotal} > 0.95",
        Summary = "{{ $labels.instance }}: memory {{ $value | humanizePercentage }} taken",
        Description = "The kubelet will evict pods soon. Limits allow more than the node has.",
        ExplainedBy = [AlertNames.RegionDown, AlertNames.SpotInterruptionCascade],
    };

    private static AlertRule MemorySaturated
    {
        get
        {
            string[] container = ["namespace", "pod", "container"];
            return new AlertRule
            {
                Name = "MemorySaturated",
                Severity = AlertSeverity.P1,
                Area = AlertArea.Capacity,
                For = TimeSpan.FromMinutes(5),
                // The pod's own total has an empty container label.
                Expression = PromQl.Share(
                    PromQl.Max(Ours(ContainerMetrics.MemoryWorkingSet).Except("container", ""), container),
                    PromQl.Max(Ours(KubeStateMetrics.ContainerLimits).Where("resource", "memory"), container)) + " > 0.95",
                Summary = "{{ $labels.pod }}: {{ $labels.container }} uses {{ $value | humanizePercentage }} of its memory",
                Description = "At its limit the kernel kills it, with every request in flight. It leaks, or its limit is too low for its data.",
                ExplainedBy = [AlertNames.RegionDown],
            };
        }
    }

    private static AlertRule ContainerOomKilled => new()
    {
        Name = "ContainerOomKilled",
        Severity = AlertSeverity.P2,
        Area = AlertArea.Capacity,
        // Both: the reason stays on record for as long as the pod lives.
        Expression = $"{Ours(KubeStateMetrics.ContainerRestarts).Increase("10m")} > 0"
            + $" and on (namespace, pod, container) {Ours(KubeStateMetrics.ContainerLastEnd).Where("reason", "OOMKilled")} == 1",
        Summary = "{{ $labels.pod }}: {{ $labels.container }} was killed for its memory",
        Description = "It was over its limit and started anew; the requests in flight failed.",
        ExplainedBy = [AlertNames.RegionDown, "MemorySaturated"],
    };

    private static AlertRule CpuThrottled
    {
        get
        {
            string[] container = ["namespace", "pod", "container"];
            return new AlertRule
            {
                Name = "CpuThrottled",
                Severity = AlertSeverity.P2,
                Area = AlertArea.Capacity,
                For = TimeSpan.FromMinutes(15),
                Expression = PromQl.Share(
                    PromQl.Sum(Ours(ContainerMetrics.CpuThrottledPeriods).Rate("5m"), container),
                    PromQl.Sum(Ours(ContainerMetrics.CpuPeriods).Rate("5m"), container)) + " > 0.25",
                Summary = "{{ $labels.pod }}: {{ $labels.container }} is held back in {{ $value | humanizePercentage }} of its time slices",
                Description = "It has a CPU limit, which our pods should not have: a limit holds a pod back while its node idles.",
                ExplainedBy = [AlertNames.RegionDown],
            };
        }
    }

    // Three at once is the specification's incident of 22 November; AWS takes a whole pool of capacity back, not one machine.
    private static AlertRule SpotInterruptionCascade => new()
    {
        Name = AlertNames.SpotInterruptionCascade,
        Severity = AlertSeverity.P1,
        Area = AlertArea.Capacity,
        Expression = $"sum({Interruptions.Increase("10m")}) >= 3",
        Summary = "{{ $labels.region }}: {{ $value | humanize }} spot nodes are being taken back within ten minutes",
        Description = "The runbook raises the on-demand baseline by itself; look whether it did, and whether errors stay below 0.5 %.",
        ExplainedBy = [AlertNames.RegionDown],
    };

    private static AlertRule SpotInterruptionRateHigh => new()
    {
        Name = "SpotInterruptionRateHigh",
        Severity = AlertSeverity.P2,
        Area = AlertArea.Capacity,
        For = TimeSpan.FromMinutes(5),
        // A share of the spot nodes of the last hour, as W14's gate of the migration to spot has it.
        Expression = $"sum({Interruptions.Increase("1h")}) / (avg_over_time(count({SpotNodes})[1h:5m]) > 0) > 0.1",
        Summary = "{{ $labels.region }}: {{ $value | humanizePercentage }} of spot nodes were taken back within an hour",
        Description = "Above 10 % the migration to spot pauses (akidb:capacity.spotPercent); the pools' types or zones are too few.",
        ExplainedBy = [AlertNames.RegionDown, AlertNames.SpotInterruptionCascade],
    };

    private static AlertRule PodsPending => new()
    {
        Name = "PodsPending",
        Severity = AlertSeverity.P2,
        Area = AlertArea.Capacity,
        For = TimeSpan.FromMinutes(10),
        Expression = $"{PromQl.Sum(Ours(KubeStateMetrics.PodPhase).Where("phase", "Pending"), "namespace")} > 0",
        Summary = "{{ $value | humanize }} pods of {{ $labels.namespace }} find no place",
        Description = "A node takes about a minute to start. Longer means that no pool may start what fits: limits, types, or a zone without capacity.",
        ExplainedBy = [AlertNames.RegionDown, AlertNames.SpotInterruptionCascade, "NodePoolNearLimit"],
    };

    private static AlertRule NodePoolNearLimit => new()
    {
        Name = "NodePoolNearLimit",
        Severity = AlertSeverity.P2,
        Area = AlertArea.Capacity,
        For = TimeSpan.FromMinutes(5),
        Expression = PromQl.Share(
            PromQl.Max(new Series(KarpenterMetrics.PoolUsage).Like("resource_type", "cpu|memory"), "nodepool", "resource_type"),
            PromQl.Max(new Series(KarpenterMetrics.PoolLimit).Like("resource_type", "cpu|memory"), "nodepool", "resource_type")) + " > 0.9",
        Summary = "Pool {{ $labels.nodepool }} has started {{ $value | humanizePercentage }} of the {{ $labels.resource_type }} that it may",
        Description = "Above its limit Karpenter starts no node, whatever waits. Either the load grew or something asks for too much.",
        ExplainedBy = [AlertNames.RegionDown],
    };

    private static AlertRule SharedLoadStale => new()
    {
        Name = "SharedLoadStale",
        Severity = AlertSeverity.P2,
        Area = AlertArea.Capacity,
        For = TimeSpan.FromMinutes(10),
        Expression = $"min by ({Region}) ({RouterSeries.Of(RouterMetricNames.SharedLoadFresh)}) == 0",
        Summary = "{{ $labels.region }}: a router goes by its own idea of the load",
        Description = "It does not reach the shared counters (Redis). It estimates, so backends fill less evenly; nothing fails.",
        ExplainedBy = [AlertNames.RegionDown],
    };

    private static Series Interruptions =>
        new Series(KarpenterMetrics.InterruptionMessages).Where("message_type", KarpenterMetrics.SpotInterruption);

    private static Series SpotNodes =>
        new Series(KarpenterMetrics.NodeAllocatable).Where("capacity_type", "spot").Where("resource_type", "cpu");

    private static Series Ours(string metric) => new Series(metric).Where("namespace", ServiceNames.Namespace);
}
