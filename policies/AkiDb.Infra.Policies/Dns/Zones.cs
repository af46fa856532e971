using AkiDb.Infra.Plan;

namespace AkiDb.Infra.Policies.Dns;

/// <summary>Hosted zones that the internet asks.</summary>
internal static class Zones
{
    public static IEnumerable<PlannedResource> Public(PlanView plan) =>
        plan.OfType("aws:route53/zone:Zone").Where(zone => zone.Is("vpcs", Is.Absent) == Truth.Yes);
}
