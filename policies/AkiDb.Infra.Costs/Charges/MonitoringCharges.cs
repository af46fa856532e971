using System.Globalization;
using AkiDb.Infra.Costs.Estimates;
using AkiDb.Infra.Plan;

namespace AkiDb.Infra.Costs.Charges;

/// <summary>CloudWatch's alarms, dashboards, log groups and canaries, managed Prometheus.</summary>
internal static class MonitoringCharges
{
    // An anomaly alarm is billed for its metric and the two edges of the band.
    private const int AnomalyMetrics = 3;

    // Below a minute an alarm is billed as high-resolution.
    private const decimal StandardPeriodSeconds = 60;

    // Two signals for every minute of a month (aws.amazon.com/cloudwatch/pricing, "Application Signals", from memory, 2026-11).
    private const decimal SignalsOfObjective = 2 * 60 * BillingMonth.Hours;

    public static void Register(ChargeCatalogue catalogue)
    {
        catalogue.Add("aws:cloudwatch/metricAlarm:MetricAlarm", (alarm, _) => [MetricAlarm(alarm)]);
        catalogue.Add("aws:cloudwatch/compositeAlarm:CompositeAlarm", (_, _) => [new Charge("Composite alarm", "cloudwatch.alarm.composite", 1)]);
        catalogue.Add("aws:cloudwatch/dashboard:Dashboard", (_, _) => [new Charge("Dashboard", "cloudwatch.dashboard", 1)]);
        catalogue.Add("aws:cloudwatch/logGroup:LogGroup", LogGroup);
        catalogue.Add("aws:synthetics/canary:Canary", (canary, _) => [Canary(canary)]);
        catalogue.Add("aws:amp/workspace:Workspace", (_, context) =>
        [
            Charge.ByUsage("Samples ingested", "prometheus.sample", context.Usage.Number("prometheus.samples"), "prometheus.samples"),
            Charge.ByUsage("Metrics stored", "prometheus.storage", context.Usage.Number("prometheus.gb"), "prometheus.gb"),
        ]);
        catalogue.Add("aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream", (_, context) =>
            [Charge.ByUsage("Data delivered", "firehose.ingest", context.Usage.Number("logs.archivedGb"), "logs.archivedGb")]);
        catalogue.Add("aws-native:applicationsignals:ServiceLevelObjective", (_, _) => [new Charge("Signals", "applicationSignals.signal", SignalsOfObjective)]);
        catalogue.AddElsewhere("aws-native:xray:TransactionSearchConfig", "its spans stand under 'Tracing'");
        catalogue.AddElsewhere("aws:amp/ruleGroupNamespace:RuleGroupNamespace", "rules query the workspace, which holds the samples");
    }

    private static Charge MetricAlarm(PlannedResource alarm)
    {
        var queries = alarm.Items("metricQueries");
        var metrics = queries.IsEmpty ? 1 : Math.Max(1, queries.Count(query => query.At("metric") is not null));
        if (queries.Any(query => query.TextAt("expression")?.StartsWith("ANOMALY_DETECTION_BAND", StringComparison.OrdinalIgnoreCase) == true))
            metrics *= AnomalyMetrics;
        var period = alarm.Number("period") ?? queries.Select(query => query.NumberAt("metric.period")).Min() ?? StandardPeriodSeconds;
        return period < StandardPeriodSeconds
            ? new Charge($"High-resolution alarm on {metrics} metric(s)", "cloudwatch.alarm.highResolution", metrics)
            : new Charge($"Alarm on {metrics} metric(s)", "cloudwatch.alarm.standard", metrics);
    }

    private static IEnumerable<Charge> LogGroup(PlannedResource group, ChargeContext context)
    {
        var name = group.Text("name") ?? group.Name;
        // Flow logs are billed as vended logs, with the flow log that sends them; what Lambda@Edge writes, wherever, stands with the
        // environment, since nobody knows beforehand which region it comes from.
        if (!group.Name.Contains("flow", StringComparison.Ordinal) && !name.StartsWith("/aws/lambda/us-east-1.", StringComparison.Ordinal))
        {
            var key = name.StartsWith("/aws/eks/", StringComparison.Ordinal) ? "logs.clusterGbPerRegion" : $"logs.groups.{group.Name}.gb";
            var price = group.Text("logGroupClass") == "INFREQUENT_ACCESS" ? "cloudwatch.logs.ingestIa" : "cloudwatch.logs.ingest";
            yield return Charge.ByUsage("Logs ingested", price, context.Usage.Number(key), key);
        }

        yield return Charge.ByUsage("Logs stored", "cloudwatch.logs.stored", context.Usage.Number("logs.storedGbPerGroup"), "logs.storedGbPerGroup") with
        {
            Note = group.Number("retentionInDays") is { } days ? FormattableString.Invariant($"kept {days:0} days") : "kept for ever",
        };
    }

    // "rate(5 minutes)" runs 8,760 times in a month of 730 hours; a cron expression is not counted.
    private static Charge Canary(PlannedResource canary)
    {
        var words = (canary.Text("schedule.expression") ?? "").Replace("rate(", "", StringComparison.Ordinal).TrimEnd(')').Split(' ');
        decimal? minutes = words.Length == 2 && decimal.TryParse(words[0], NumberStyles.None, CultureInfo.InvariantCulture, out var every)
            ? every * (words[1].StartsWith("hour", StringComparison.Ordinal) ? 60 : 1)
            : null;
        return new Charge("Canary runs", "cloudwatch.canary", minutes > 0 ? BillingMonth.Hours * 60 / minutes : null) { UsageKey = "schedule.expression" };
    }
}
