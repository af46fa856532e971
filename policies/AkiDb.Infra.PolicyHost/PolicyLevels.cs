using System.Collections.Immutable;
using AkiDb.Infra.Policies;
using AkiDb.Infra.PolicyHost.Grpc;
using AkiDb.Infra.PolicyHost.Protocol;
using EnforcementLevel = AkiDb.Infra.Policies.EnforcementLevel;

namespace AkiDb.Infra.PolicyHost;

/// <summary>The level of each rule: its own, unless the engine's configuration says otherwise. Immutable; swapped whole.</summary>
internal sealed record PolicyLevels(ImmutableDictionary<string, EnforcementLevel> Overrides)
{
    // Pulumi's own packs take this name for "every policy".
    private const string Every = "all";

    /// <summary>No override.</summary>
    public static PolicyLevels Own { get; } = new(ImmutableDictionary<string, EnforcementLevel>.Empty);

    /// <summary>Reads a configuration.</summary>
    /// <exception cref="GrpcException">It names a rule that there is none of.</exception>
    public static PolicyLevels Read(ConfigureAnalyzerRequest request)
    {
        var unknown = request.PolicyConfig.Keys.Where(name => name != Every && RuleCatalogue.Find(name) is null).ToList();
        return unknown.Count == 0
            ? new PolicyLevels(request.PolicyConfig.ToImmutableDictionary(entry => entry.Key, entry => PackInfo.LevelOf(entry.Value.EnforcementLevel)))
            : throw new GrpcException(GrpcStatus.InvalidArgument, $"there is no rule {string.Join(", ", unknown)} in pack {PackInfo.Name}");
    }

    /// <summary>The level that holds for a rule.</summary>
    public EnforcementLevel Of(RuleAbout rule) =>
        Overrides.TryGetValue(rule.Name, out var level) || Overrides.TryGetValue(Every, out level) ? level : rule.Level;
}
