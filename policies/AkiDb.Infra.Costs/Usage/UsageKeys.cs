using System.Collections.Immutable;
using AkiDb.Infra.Plan.Schema;

namespace AkiDb.Infra.Costs.Usage;

/// <summary>
/// Everything that usage may say; a table, so longer than most files. Amounts are a month's and the whole environment's
/// where the name does not say "PerRegion" or the like. A key without a value makes its lines read "depends on usage".
/// </summary>
public static class UsageKeys
{
    /// <summary>The geographies of CloudFront's price table, in its order.</summary>
    public static ImmutableArray<string> Geographies { get; } =
        ["northAmerica", "europe", "asiaPacific", "japan", "india", "southAmerica", "middleEastAfrica", "australia"];

    /// <summary>All keys.</summary>
    public static ImmutableArray<UsageKey> All { get; } =
    [
        new("traffic.requestsPerMonth", "requests in 30 days", "scales the curve to this volume; absent, the curve's own volume counts"),
        new("traffic.weekdayQps", "requests a second, by hour UTC", "the curve from Monday to Friday") { Count = 24, Most = 1_000_000 },
        new("traffic.weekendQps", "requests a second, by hour UTC", "the curve on Saturday and Sunday") { Count = 24, Most = 1_000_000 },
        .. Geographies.Select(geography => new UsageKey($"traffic.geography.{geography}", "percent of requests and of bytes", "where the users are") { Most = 100 }),
        new("edge.egressGb", "GB", "bytes that CloudFront sends to viewers"),
        new("edge.toOriginGb", "GB", "request bodies that CloudFront sends to the origin"),
        new("edge.cacheHitPercent", "percent", "requests that never reach an origin") { Most = 100 },
        new("edge.priceClass", "price class", "overrides the plan's, for a what-if") { Choices = ["100", "200", "All"] },
        new("edge.plan", "flat-rate plan", "overrides the plan's, for a what-if")
        {
            Choices = ["payAsYouGo", "pro", "business", "premium", "premium750M", "premium1250M", "premium2000M", "premium3500M", "premium6000M"],
        },
        new("edge.functionPercent", "percent of requests", "requests that run the CloudFront function") { Most = 100 },
        new("edge.lambdaPercent", "percent of requests", "requests whose path runs the Lambda@Edge function, once for each of its events") { Most = 100 },
        new("edge.lambdaMilliseconds", "ms", "billed duration of one Lambda@Edge run") { Most = 30_000 },
        new("edge.invalidationPaths", "paths", "paths that are invalidated"),
        new("warm.requestPercent", "percent of requests", "requests that the warm embedding tier answers") { Most = 100 },
        new("warm.milliseconds", "ms", "billed duration of one answer") { Most = 900_000 },
        new("functions.*.runsPerMonth", "runs", "runs of one other Lambda function, by its name in the program"),
        new("functions.*.milliseconds", "ms", "billed duration of one run") { Most = 900_000 },
        new("capacity.spotPercent", "percent of the pods in NodePools", "overrides the split that the NodePools give, for a what-if") { Most = 100 },
        new("capacity.fallbackPercent", "percent of spot node hours", "spot hours that run on demand because no spot was to be had") { Most = 100 },
        new("capacity.consolidateMinutes", "minutes", "from less load to fewer nodes") { Most = 1_440 },
        new("capacity.systemMillicores", "millicores a node", "what daemon sets of add-ons request on every node") { Most = 8_000 },
        new("capacity.systemMiB", "MiB a node", "what daemon sets of add-ons request on every node") { Most = 32_768 },
        new("capacity.podMillicores", "millicores", "request of one search pod, where the plan declares no Deployment of it") { Least = 10, Most = 64_000 },
        new("capacity.podMiB", "MiB", "request of one search pod, where the plan declares no Deployment of it") { Least = 16, Most = 262_144 },
        new("capacity.schedule", "lists such as '5 c7g.2xlarge 198, 2 c7g.xlarge 532': nodes, type, hours a month", "fixed node hours in every region instead of the simulation") { IsText = true },
        new("nat.gbPerRegion", "GB", "bytes through the NAT gateways of one region"),
        new("endpoints.gb", "GB", "bytes through one interface endpoint"),
        new("loadBalancers.capacityUnits", "LCU or NLCU, average", "use of one load balancer") { Most = 100_000 },
        new("transfer.interRegionGbPerRegion", "GB", "bytes from one region to the others, model replication aside"),
        new("transfer.crossZoneGbPerRegion", "GB", "bytes between zones of one region, counted once; both ends pay"),
        new("storage.models.gb", "GB", "models and snapshots in one region's bucket"),
        new("storage.models.coldPercent", "percent", "share of them that the lifecycle has moved to Glacier Instant Retrieval") { Most = 100 },
        new("storage.models.replicatedGb", "GB", "new bytes that go to each replica region"),
        new("storage.models.puts", "requests", "writes and lists in one bucket"),
        new("storage.models.gets", "requests", "reads in one bucket"),
        new("storage.*.gb", "GB", "any other bucket, by its name in the program"),
        new("images.gb", "GB", "container images in one region"),
        new("keys.requests", "requests", "calls to one KMS key"),
        new("secrets.requests", "requests", "reads of one secret"),
        new("queues.requests", "requests", "calls to one SQS queue; a long poller makes 131,400 of 20 s"),
        new("topics.publishes", "messages", "messages to one SNS topic"),
        new("events.custom", "events", "custom events on one bus"),
        new("schedules.runs", "runs", "runs of one EventBridge schedule"),
        new("dns.queries", "queries", "latency-routed queries that Route 53 answers; aliases to CloudFront are free"),
        new("waf.requestPercent", "percent of requests", "requests that the web ACL inspects") { Most = 100 },
        new("logs.clusterGbPerRegion", "GB", "control-plane logs of one cluster"),
        new("logs.flowGbPerRegion", "GB", "VPC flow logs of one region"),
        new("logs.groups.*.gb", "GB", "ingest of any other log group, by its name in the program"),
        new("logs.edgeBytesPerRequest", "bytes", "log line of one edge run, EMF metrics among it") { Most = 1_000_000 },
        new("logs.storedGbPerGroup", "GB", "what one log group holds; not derived from its retention"),
        new("logs.archivedGb", "GB", "what one region sends to its log archive"),
        new("logs.queriedGb", "GB", "what Logs Insights scans"),
        new("metrics.custom", "metrics", "custom CloudWatch metrics, each combination of dimensions once"),
        new("metrics.apiRequests", "requests", "GetMetricData and other calls"),
        new("tracing.percent", "percent of requests", "requests whose trace is recorded") { Most = 100 },
        new("tracing.spansPerTrace", "spans", "spans of one trace, where Transaction Search takes them") { Most = 10_000 },
        new("tracing.bytesPerSpan", "bytes", "size of one span, the same") { Most = 200_000 },
        new("tracing.retrieved", "traces", "traces retrieved or scanned"),
        new("prometheus.samples", "samples", "samples that the managed workspace ingests"),
        new("prometheus.gb", "GB", "what the managed workspace stores"),
        new("operations.pagerDutySeats", "users", "people on call") { Most = 10_000 },
        new("operations.jetsonKwh", "kWh", "electricity of the Jetson fleet"),
        new("operations.costExplorerRequests", "requests", "pages read from Cost Explorer"),
    ];

    /// <summary>The key of <paramref name="name"/>; an exact name goes before a pattern.</summary>
    public static UsageKey? Find(string name) => All.FirstOrDefault(key => key.Name == name) ?? All.FirstOrDefault(key => key.Matches(name));

    /// <summary>What to say of a name that is no key, with the nearest one where one is near.</summary>
    public static string Unknown(string name) => Spelling.Near(name, All.Select(key => key.Name)) is { } near
        ? $"there is no usage key '{name}'; did you mean '{near}'?"
        : $"there is no usage key '{name}'; docs/costs.md lists them.";
}
