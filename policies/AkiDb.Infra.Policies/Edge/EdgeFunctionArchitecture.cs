namespace AkiDb.Infra.Policies.Edge;

/// <summary>Edge functions are built for what runs them.</summary>
internal sealed class EdgeFunctionArchitecture : StackRule
{
    public override RuleAbout About { get; } = new("edge-function-architecture", Severity.High,
        title: "Lambda@Edge functions are x86_64",
        why: "Lambda@Edge has no arm64; CloudFront refuses the association.",
        fix: "Leave architectures out, or set it to [x86_64].");

    protected override IEnumerable<Finding?> Judge(PlanView plan) => plan.Edge.All.Select(edge =>
        edge.Function.Must("architectures", Is.ListOf(Is.AnyOf("x86_64")), "x86_64"));
}
