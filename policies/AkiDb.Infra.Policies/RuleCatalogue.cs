using System.Collections.Frozen;
using System.Collections.Immutable;

namespace AkiDb.Infra.Policies;

/// <summary>Every rule of this assembly. A new class is in it by existing.</summary>
public static class RuleCatalogue
{
    /// <summary>The rules, sorted by name.</summary>
    public static ImmutableArray<Rule> All { get; } =
    [
        .. typeof(Rule).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(Rule)) && !type.IsAbstract)
            .Select(type => (Rule)Activator.CreateInstance(type)!)
            .OrderBy(rule => rule.About.Name, StringComparer.Ordinal),
    ];

    private static readonly FrozenDictionary<string, Rule> ByName = All.ToFrozenDictionary(rule => rule.About.Name);

    /// <summary>The rule of this name, or null.</summary>
    public static Rule? Find(string name) => ByName.GetValueOrDefault(name);
}
