using System.Collections.Immutable;

namespace AkiDb.Infra.Plan.Schema;

/// <summary>The properties of a resource's inputs or of a nested object.</summary>
/// <param name="Properties">Type by property name.</param>
/// <param name="Required">Names that must be there.</param>
/// <param name="Constants">Properties that have one fixed value (Kubernetes' apiVersion and kind).</param>
/// <param name="IsPruned">True where the slice keeps only the properties that are used; any other is still refused, with a
/// hint that the slice may lack it.</param>
internal sealed record ObjectSchema(
    ImmutableDictionary<string, PropertyType> Properties,
    ImmutableHashSet<string> Required,
    ImmutableDictionary<string, string> Constants,
    bool IsPruned);
