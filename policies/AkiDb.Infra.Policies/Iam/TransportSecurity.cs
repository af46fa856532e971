using AkiDb.Infra.Plan.Values;

namespace AkiDb.Infra.Policies.Iam;

/// <summary>Whether a resource's policy refuses requests without TLS.</summary>
internal static class TransportSecurity
{
    /// <summary>Answers for one policy and an action of the service, e.g. <c>s3:GetObject</c>.</summary>
    public static Truth IsDemanded(PlanValue? policy, string action) => IamDocument.Read(policy) is not { } document
        ? Truth.Unknown
        : TruthLogic.Of(document.Statements.Any(statement =>
            !statement.IsAllow && statement.IsForAnyone && statement.Covers(action)
            && statement.Conditions is [{ Key: var key, Values: ["false"] } condition]
            && key.Equals("aws:SecureTransport", StringComparison.OrdinalIgnoreCase)
            && condition.Operator.StartsWith("Bool", StringComparison.OrdinalIgnoreCase)));
}
