using System.Collections.Immutable;
using AkiDb.Infra.Plan;

namespace AkiDb.Infra.Policies;

/// <summary>A rule about single resources of some types; the engine asks it resource by resource, before each is made.</summary>
/// <param name="types">Type tokens it looks at, e.g. <c>aws:kms/key:Key</c>.</param>
public abstract class ResourceRule(params string[] types) : Rule
{
    /// <summary>Type tokens it looks at; none means every type.</summary>
    public ImmutableArray<string> Types { get; } = [.. types];

    /// <inheritdoc/>
    public sealed override IEnumerable<Finding> Check(PlanView plan) => plan.OfType(Types).SelectMany(CheckResource);

    /// <summary>What the rule says about one resource of a type it looks at.</summary>
    public IEnumerable<Finding> CheckResource(PlannedResource resource) => Check(resource).OfType<Finding>();

    /// <summary>Findings about <paramref name="resource"/>; nulls are dropped, so that a check can be written as a list.</summary>
    protected abstract IEnumerable<Finding?> Check(PlannedResource resource);
}
