using AkiDb.Infra.Policies;
using AkiDb.Infra.PolicyHost.Protocol;
using EnforcementLevel = AkiDb.Infra.Policies.EnforcementLevel;
using WireLevel = AkiDb.Infra.PolicyHost.Protocol.EnforcementLevel;

namespace AkiDb.Infra.PolicyHost;

/// <summary>The pack as the engine lists it.</summary>
internal static class PackInfo
{
    /// <summary>Name of the pack.</summary>
    public const string Name = "akidb";

    /// <summary>Version of the pack, as in PulumiPolicy.yaml.</summary>
    public const string Version = "1.0.0";

    /// <summary>Everything about it.</summary>
    public static AnalyzerInfo Describe(IEnumerable<Rule> rules)
    {
        var info = new AnalyzerInfo
        {
            Name = Name,
            DisplayName = "AkiDB",
            Version = Version,
            SupportsConfig = true,
            Description = "What an AkiDB stack must and should be",
        };
        info.Policies.AddRange(rules.Select(Describe));
        return info;
    }

    /// <summary>The engine's word for a level.</summary>
    public static WireLevel LevelOf(EnforcementLevel level) => level switch
    {
        EnforcementLevel.Advisory => WireLevel.Advisory,
        EnforcementLevel.Mandatory => WireLevel.Mandatory,
        EnforcementLevel.Remediate => WireLevel.Remediate,
        _ => WireLevel.Disabled,
    };

    /// <summary>Our word for the engine's level.</summary>
    public static EnforcementLevel LevelOf(WireLevel level) => level switch
    {
        WireLevel.Advisory => EnforcementLevel.Advisory,
        WireLevel.Mandatory => EnforcementLevel.Mandatory,
        WireLevel.Remediate => EnforcementLevel.Remediate,
        _ => EnforcementLevel.Disabled,
    };

    /// <summary>The engine's word for a severity.</summary>
    public static PolicySeverity SeverityOf(Severity severity) => severity switch
    {
        Severity.Critical => PolicySeverity.Critical,
        Severity.High => PolicySeverity.High,
        Severity.Medium => PolicySeverity.Medium,
        _ => PolicySeverity.Low,
    };

    private static PolicyInfo Describe(Rule rule)
    {
        var info = new PolicyInfo
        {
            Name = rule.About.Name,
            DisplayName = rule.About.Title,
            Description = rule.About.Why,
            Message = rule.About.Title,
            EnforcementLevel = LevelOf(rule.About.Level),
            PolicyType = rule is ResourceRule ? PolicyType.Resource : PolicyType.Stack,
            Severity = SeverityOf(rule.About.Severity),
            RemediationSteps = rule.About.Fix,
        };
        info.Tags.AddRange(rule.About.Frameworks);
        return info;
    }
}
