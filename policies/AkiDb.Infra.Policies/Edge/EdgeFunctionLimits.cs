namespace AkiDb.Infra.Policies.Edge;

/// <summary>Edge functions stay within the limits of the events that run them.</summary>
internal sealed class EdgeFunctionLimits : StackRule
{
    public override RuleAbout About { get; } = new("edge-function-limits", Severity.High,
        title: "Lambda@Edge functions stay within the limits of their events",
        why: "Viewer events allow 128 MB and 5 s, origin events 30 s (CloudFront quotas); CloudFront refuses more. Newer pages relax the viewer limits; until that is certain the narrow ones hold.",
        fix: "Move the work to an origin-request function or to the regional tier; or lower memorySize and timeout.");

    protected override IEnumerable<Finding?> Judge(PlanView plan) => plan.Edge.All.SelectMany(edge => edge.HasViewerEvent
        ? new[]
        {
            edge.Function.Must("memorySize", Is.AbsentOr(Is.AtMost(128)), "128 MB for a viewer event"),
            edge.Function.Must("timeout", Is.AbsentOr(Is.AtMost(5)), "5 s for a viewer event"),
        }
        : [edge.Function.Must("timeout", Is.AbsentOr(Is.AtMost(30)), "30 s for an origin event")]);
}
