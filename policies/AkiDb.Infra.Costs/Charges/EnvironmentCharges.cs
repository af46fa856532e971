using AkiDb.Infra.Costs.Estimates;

namespace AkiDb.Infra.Costs.Charges;

/// <summary>What is billed to the environment as a whole and no resource of the plan stands for.</summary>
internal static class EnvironmentCharges
{
    private const string SearchType = "aws-native:xray:TransactionSearchConfig";
    private const string FunctionType = "aws:lambda/function:Function";
    private const string PagingType = "akidb:observability:PagingSecret";
    private const string BoardsType = "akidb:fleet:JetsonFleet";
    private const decimal BytesPerGb = 1024m * 1024 * 1024;

    // CloudWatch user guide, "Transaction Search", from memory, 2026-11.
    private const decimal FreeIndexPercent = 1;

    /// <summary>An item: a name, the region of its prices, its charges.</summary>
    public sealed record Item(string Name, string? Region, IReadOnlyList<Charge> Charges);

    /// <summary>The items; those of which usage says nothing at all are left out, and those that nothing in the plan gives rise to.</summary>
    public static IEnumerable<Item> Of(ChargeContext context, IReadOnlyList<string> regions)
    {
        var usage = context.Usage;
        // Metrics and traces of an environment mostly land where its global parts are.
        var home = regions.Contains("us-east-1") ? "us-east-1" : regions.Count > 0 ? regions[0] : null;
        if (context.Requests is null && usage.Values.Count == 0)
            yield break;

        if (TakesTraces(context))
            yield return new Item("Tracing", home, [.. Tracing(context)]);
        yield return new Item("Metrics and logs of the services", home,
        [
            Charge.ByUsage("Custom metrics", "cloudwatch.metric", usage.Number("metrics.custom"), "metrics.custom"),
            Charge.ByUsage("Metric API requests", "cloudwatch.api", usage.Number("metrics.apiRequests"), "metrics.apiRequests"),
            Charge.ByUsage("Logs queried", "cloudwatch.logs.insights", usage.Number("logs.queriedGb"), "logs.queriedGb"),
        ]);
        if (context.Plan.OfType(EdgeCharges.DistributionType).Any(EdgeCharges.RunsLambda))
        {
            yield return new Item("Logs of the edge function", home,
            [
                Charge.ByUsage("Logs ingested", "cloudwatch.logs.ingest",
                    context.RequestsBy("edge.lambdaPercent") * usage.Number("logs.edgeBytesPerRequest") / BytesPerGb, "logs.edgeBytesPerRequest"),
            ]);
        }

        foreach (var region in regions)
            yield return Transfer(context, region);
        yield return new Item("Operations", null, [.. Operations(context)]);
    }

    private static IEnumerable<Charge> Operations(ChargeContext context)
    {
        var usage = context.Usage;
        if (context.Plan.OfType(PagingType).Any())
            yield return Charge.ByUsage("PagerDuty seats", "pagerduty.seat", usage.Number("operations.pagerDutySeats"), "operations.pagerDutySeats");
        if (context.Plan.OfType(BoardsType).Any())
            yield return Charge.ByUsage("Jetson fleet, electricity", "jetson.energy", usage.Number("operations.jetsonKwh"), "operations.jetsonKwh");
        yield return Charge.ByUsage("Cost Explorer, pages read", "costExplorer.request", usage.Number("operations.costExplorerRequests"), "operations.costExplorerRequests");
    }

    // Sampling rules and groups stand where collectors send to X-Ray; a function may send by itself.
    private static bool TakesTraces(ChargeContext context) => context.Plan.Resources.Any(resource =>
        resource.Type == SearchType || resource.Type.StartsWith("aws:xray/", StringComparison.Ordinal)
        || (resource.Type == FunctionType && resource.Text("tracingConfig.mode") == "Active"));

    // With Transaction Search X-Ray is billed by the bytes of spans, and for what is indexed beyond the free percent; without it, by
    // the trace.
    private static IEnumerable<Charge> Tracing(ChargeContext context)
    {
        var usage = context.Usage;
        var traces = context.RequestsBy("tracing.percent");
        if (context.Plan.OfType(SearchType).FirstOrDefault() is not { } search)
        {
            return
            [
                Charge.ByUsage("Traces recorded", "xray.recorded", traces, "tracing.percent"),
                Charge.ByUsage("Traces retrieved and scanned", "xray.retrieved", usage.Number("tracing.retrieved"), "tracing.retrieved"),
            ];
        }

        var spans = traces * usage.Number("tracing.spansPerTrace");
        var indexed = spans * Math.Max(0, (search.Number("indexingPercentage") ?? FreeIndexPercent) - FreeIndexPercent) / 100;
        return
        [
            Charge.ByUsage("Spans ingested by Transaction Search", "transactionSearch.ingest", spans * usage.Number("tracing.bytesPerSpan") / BytesPerGb, "tracing.bytesPerSpan"),
            Charge.ByUsage("Spans indexed beyond the free percent", "transactionSearch.indexed", indexed, "tracing.spansPerTrace"),
        ];
    }

    private static Item Transfer(ChargeContext context, string region) => new($"Data transfer {region}", region,
    [
        // Both ends of a transfer between zones pay.
        Charge.ByUsage("Between zones, both ends", "transfer.crossZone", context.Usage.Number("transfer.crossZoneGbPerRegion") * 2, "transfer.crossZoneGbPerRegion"),
        Charge.ByUsage("To other regions", "transfer.interRegion", context.Usage.Number("transfer.interRegionGbPerRegion"), "transfer.interRegionGbPerRegion"),
    ]);
}
