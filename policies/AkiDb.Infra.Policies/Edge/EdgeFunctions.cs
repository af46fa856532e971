using System.Collections.Immutable;
using AkiDb.Infra.Plan;
using AkiDb.Infra.Plan.Values;
using AkiDb.Infra.Policies.Iam;

namespace AkiDb.Infra.Policies.Edge;

/// <summary>A Lambda function that CloudFront runs.</summary>
/// <param name="Function">The function.</param>
/// <param name="Events">Events that run it (viewer-request, origin-request …), as far as they are known.</param>
internal sealed record EdgeFunction(PlannedResource Function, ImmutableArray<string> Events)
{
    /// <summary>True if it runs on a viewer's request or response, where the limits are narrow.</summary>
    public bool HasViewerEvent => Events.Any(name => name.StartsWith("viewer-", StringComparison.Ordinal));
}

/// <summary>Finds a plan's edge functions: by the ARN in a distribution, by a distribution's dependency, or by a role that edge
/// Lambda may take.</summary>
internal sealed class EdgeFunctions(ImmutableArray<EdgeFunction> all)
{
    public const string Token = "aws:lambda/function:Function";

    public ImmutableArray<EdgeFunction> All { get; } = all;

    public static EdgeFunctions Find(PlanView plan) => new(
    [
        .. plan.OfType(Token)
            .Select(function => new EdgeFunction(function, [.. EventsOf(plan, function)]))
            .Where(edge => !edge.Events.IsEmpty || HasEdgeRole(plan, edge.Function)),
    ]);

    private static IEnumerable<string> EventsOf(PlanView plan, PlannedResource function) => plan.OfType(Distribution.Token)
        .SelectMany(distribution => Associations(distribution)
            .Where(path => Means(distribution, $"{path}.lambdaArn", function))
            .Select(path => distribution.TextOr($"{path}.eventType") ?? "unknown-event"))
        .Distinct();

    /// <summary>Paths of a distribution's Lambda associations.</summary>
    public static IEnumerable<string> Associations(PlannedResource distribution) =>
        Distribution.Behaviours(distribution).SelectMany(path => distribution.Items($"{path}.lambdaFunctionAssociations"));

    private static bool Means(PlannedResource distribution, string path, PlannedResource function) => distribution.Input(path) switch
    {
        TextValue arn => function.TextOr("name") is { } name
            ? arn.Value.Contains($":function:{name}:", StringComparison.Ordinal) || arn.Value.EndsWith($":function:{name}", StringComparison.Ordinal)
            : distribution.Dependencies.Contains(function.Urn.ToString()),
        UnknownValue => distribution.Dependencies.Contains(function.Urn.ToString()),
        _ => false,
    };

    private static bool HasEdgeRole(PlanView plan, PlannedResource function) => function.Dependencies.Select(plan.Find).OfType<PlannedResource>()
        .Where(resource => resource.Type == "aws:iam/role:Role")
        .Any(role => IamDocument.Read(role.Input("assumeRolePolicy"))?.Statements
            .Any(statement => statement.Principals.Any(principal => principal.Value == "edgelambda.amazonaws.com")) == true);
}
