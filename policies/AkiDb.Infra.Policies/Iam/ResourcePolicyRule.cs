using System.Collections.Frozen;
using AkiDb.Infra.Plan;

namespace AkiDb.Infra.Policies.Iam;

/// <summary>A rule about policies of resources: by default, that none allows anyone at all without a condition that names who.</summary>
internal abstract class ResourcePolicyRule(params string[] types) : ResourceRule(types)
{
    /// <summary>Conditions that name callers; others, such as a date, do not.</summary>
    private static readonly FrozenSet<string> CallerKeys = new[]
    {
        "aws:SourceArn", "aws:SourceAccount", "aws:SourceOrgID", "aws:PrincipalOrgID", "aws:PrincipalArn", "aws:PrincipalAccount", "aws:PrincipalTag",
        "aws:SourceVpc", "aws:SourceVpce", "aws:VpcSourceIp", "kms:CallerAccount", "AWS:SourceOwner",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <inheritdoc/>
    protected override IEnumerable<Finding?> Check(PlannedResource resource)
    {
        if (resource.Input("policy") is not { } policy)
            return [];
        if (IamDocument.Read(policy) is not { } document)
            return [new NotApplicableYet(resource, "policy")];
        return document.Statements.Where(IsOpen).Select(statement =>
            new Violation(resource, "policy", $"{statement.Label} allows {string.Join(", ", statement.Actions)} to anyone", "a named principal, or a condition that names the caller"));
    }

    private static bool IsOpen(IamStatement statement) => statement.IsAllow && statement.IsForAnyone
        && !statement.Conditions.Any(condition => !condition.IsVacuous && CallerKeys.Contains(condition.Key));
}
