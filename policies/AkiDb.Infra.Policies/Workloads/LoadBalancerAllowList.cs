using AkiDb.Infra.Plan;

namespace AkiDb.Infra.Policies.Workloads;

/// <summary>No Service stands in the internet by its type.</summary>
internal sealed class LoadBalancerAllowList() : ResourceRule("kubernetes:core/v1:Service")
{
    private const string Annotations = "metadata.annotations";

    public override RuleAbout About { get; } = new("service-load-balancer-allow-list", Severity.Critical,
        title: "Services of type LoadBalancer are internal or answer named networks",
        why: "A load balancer for everyone goes round CloudFront, its firewall and its cache.",
        fix: "Set the annotation aws-load-balancer-scheme to internal, name security groups, or set loadBalancerSourceRanges.");

    protected override IEnumerable<Finding?> Check(PlannedResource service)
    {
        if (service.Is("spec.type", Is.AnyOf("LoadBalancer")) == Truth.No)
            return [];
        var isNarrow = service.Is($"{Annotations}[\"service.beta.kubernetes.io/aws-load-balancer-scheme\"]", Is.AnyOf("internal"))
            .Or(service.Is($"{Annotations}[\"service.beta.kubernetes.io/aws-load-balancer-internal\"]", Is.True))
            .Or(service.Is($"{Annotations}[\"service.beta.kubernetes.io/aws-load-balancer-security-groups\"]", Is.Present))
            .Or(service.Is($"{Annotations}[\"service.beta.kubernetes.io/aws-load-balancer-security-group-prefix-lists\"]", Is.Present))
            .Or(service.Is("spec.loadBalancerSourceRanges", Is.Present)
                .And(service.Items("spec.loadBalancerSourceRanges").Select(path => service.Is(path, Is.Text(block => !Networks.IsWide(block)))).All()));
        return [service.Must(isNarrow, "spec.loadBalancerSourceRanges", "a load balancer for everyone", "an internal one, or named networks")];
    }
}
