namespace AkiDb.Infra.Policies.Edge;

/// <summary>The edge runs one numbered version.</summary>
internal sealed class EdgeFunctionVersion : StackRule
{
    public override RuleAbout About { get; } = new("edge-function-numbered-version", Severity.High,
        title: "CloudFront runs a numbered version of a function that publishes versions",
        why: "CloudFront takes neither $LATEST nor an alias.",
        fix: "Set publish to true and use the function's qualifiedArn in lambdaFunctionAssociations.");

    protected override IEnumerable<Finding?> Judge(PlanView plan) =>
    [
        .. plan.Edge.All.Select(edge => edge.Function.Must("publish", Is.True, "true")),
        .. plan.OfType(Distribution.Token).SelectMany(distribution => EdgeFunctions.Associations(distribution).Select(path =>
            distribution.Must($"{path}.lambdaArn", Is.Text(HasNumber), "an ARN that ends in a version number"))),
    ];

    // arn:aws:lambda:us-east-1:111122223333:function:name:7
    private static bool HasNumber(string arn) => arn.Split(':') is { Length: 8 } parts && parts[7].Length > 0 && parts[7].All(char.IsAsciiDigit);
}
