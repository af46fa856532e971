namespace AkiDb.Infra.Policies.Dns;

/// <summary>What is asked of our zones is written down.</summary>
internal sealed class ZoneQueryLogs : StackRule
{
    public override RuleAbout About { get; } = new("route53-query-logs", Severity.Low,
        title: "Public zones log queries",
        why: "A hijacked name or a forgotten record is seen in the queries first.",
        fix: "Declare an aws:route53/queryLog:QueryLog to a log group in us-east-1.",
        frameworks: ["CKV2_AWS_39", "Route53.2"]);

    protected override IEnumerable<Finding?> Judge(PlanView plan) => Zones.Public(plan).Select(zone => zone.Must(
        plan.LinkedTo(zone, "aws:route53/queryLog:QueryLog", "zoneId", "name").Select(link => link.Belongs).Any(), "", "no query log", "a query log"));
}
