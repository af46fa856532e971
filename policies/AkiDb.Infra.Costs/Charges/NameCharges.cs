using AkiDb.Infra.Costs.Estimates;
using AkiDb.Infra.Plan;

namespace AkiDb.Infra.Costs.Charges;

/// <summary>Route 53: zones, queries, health checks.</summary>
internal static class NameCharges
{
    private const string ZoneType = "aws:route53/zone:Zone";

    // AWS' fast interval, in seconds; the other is 30 and part of the basic price.
    private const decimal FastInterval = 10;

    public static void Register(ChargeCatalogue catalogue)
    {
        catalogue.Add(ZoneType, Zone);
        catalogue.Add("aws:route53/healthCheck:HealthCheck", (check, _) => HealthCheck(check));
    }

    private static IEnumerable<Charge> Zone(PlannedResource zone, ChargeContext context) =>
    [
        new Charge("Hosted zone", "route53.zone", 1),
        Charge.ByUsage("Latency-based queries", "route53.query.latency", context.Usage.Number("dns.queries") / context.Plan.OfType(ZoneType).Count(), "dns.queries"),
    ];

    private static IEnumerable<Charge> HealthCheck(PlannedResource check)
    {
        // CALCULATED and CLOUDWATCH_METRIC checks have the basic price of an AWS endpoint.
        var type = check.Text("type") ?? "";
        var endpoint = check.Text("fqdn") is null || check.Text("fqdn")!.EndsWith(".amazonaws.com", StringComparison.Ordinal)
            || check.Text("fqdn")!.EndsWith(".cloudfront.net", StringComparison.Ordinal) || !type.StartsWith("HTTP", StringComparison.Ordinal)
            ? "aws"
            : "other";
        var features = new[]
        {
            type.StartsWith("HTTPS", StringComparison.Ordinal),
            type.EndsWith("STR_MATCH", StringComparison.Ordinal),
            check.Number("requestInterval") == FastInterval,
            check.Flag("measureLatency"),
        }.Count(has => has);
        yield return new Charge("Health check", $"route53.healthCheck.{endpoint}", 1)
        {
            Note = endpoint == "other" ? "an AWS endpoint behind a name of one's own would cost $0.50 and $1.00 a feature" : null,
        };
        if (features > 0)
            yield return new Charge("Optional features", $"route53.healthCheckFeature.{endpoint}", features);
    }
}
