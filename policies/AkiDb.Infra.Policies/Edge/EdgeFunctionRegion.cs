namespace AkiDb.Infra.Policies.Edge;

/// <summary>Edge functions are declared where CloudFront takes them from.</summary>
internal sealed class EdgeFunctionRegion : StackRule
{
    public override RuleAbout About { get; } = new("edge-function-region", Severity.High,
        title: "Lambda@Edge functions stand in us-east-1",
        why: "CloudFront refuses a function of any other region, after everything else has been made.",
        fix: "Give the function the us-east-1 provider.");

    protected override IEnumerable<Finding?> Judge(PlanView plan) => plan.Edge.All.Select(edge => edge.Function.Must(
        edge.Function.Region is null ? Truth.Unknown : TruthLogic.Of(edge.Function.Region == "us-east-1"), "region", edge.Function.Region ?? "not known", "us-east-1"));
}
