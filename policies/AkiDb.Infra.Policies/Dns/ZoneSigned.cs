namespace AkiDb.Infra.Policies.Dns;

/// <summary>Answers about our names can be checked.</summary>
internal sealed class ZoneSigned : StackRule
{
    public override RuleAbout About { get; } = new("route53-dnssec", Severity.Low,
        title: "Public zones are signed",
        why: "Without DNSSEC a forged answer sends users to someone else's edge.",
        fix: "Declare an aws:route53/keySigningKey:KeySigningKey and an aws:route53/hostedZoneDnsSec:HostedZoneDnsSec.",
        frameworks: ["CKV2_AWS_38"],
        level: EnforcementLevel.Advisory);

    protected override IEnumerable<Finding?> Judge(PlanView plan) => Zones.Public(plan).Select(zone => zone.Must(
        plan.LinkedTo(zone, "aws:route53/hostedZoneDnsSec:HostedZoneDnsSec", "hostedZoneId", "name").Select(link => link.Belongs).Any(), "", "not signed", "DNSSEC"));
}
