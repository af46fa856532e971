using AkiDb.Infra.Plan;

namespace AkiDb.Infra.Cli.Reports.Picture;

/// <summary>Walks from a resource along what it depends on.</summary>
internal sealed class DependencyReach
{
    private readonly Dictionary<string, PlannedResource> _byUrn;

    public DependencyReach(StackPlan plan) =>
        _byUrn = plan.Resources.DistinctBy(resource => resource.Urn).ToDictionary(resource => resource.Urn.ToString());

    /// <summary>The resource of a URN; null where there is none.</summary>
    public PlannedResource? Find(string? urn) => urn is null ? null : _byUrn.GetValueOrDefault(urn);

    /// <summary>What <paramref name="resource"/> depends on itself.</summary>
    public IEnumerable<PlannedResource> Direct(PlannedResource resource) =>
        resource.Dependencies.Select(Find).OfType<PlannedResource>();

    /// <summary>The nearest resource that <paramref name="isWanted"/>, through anything, providers too: a Kubernetes object
    /// depends on its cluster by its provider.</summary>
    public PlannedResource? Nearest(PlannedResource resource, Func<PlannedResource, bool> isWanted) =>
        Walk(resource, WithProvider, _ => true).FirstOrDefault(isWanted);

    /// <summary>The nearest resources that <paramref name="isWanted"/>, on every path, looking only through those that are not.</summary>
    public IEnumerable<PlannedResource> First(PlannedResource resource, Func<PlannedResource, bool> isWanted) =>
        Walk(resource, Direct, passed => !isWanted(passed)).Where(isWanted);

    private IEnumerable<PlannedResource> WithProvider(PlannedResource resource)
    {
        var provider = Find(resource.Provider);
        return provider is null ? Direct(resource) : Direct(resource).Append(provider);
    }

    // Breadth first, so that what comes first is nearest.
    private static IEnumerable<PlannedResource> Walk(
        PlannedResource start, Func<PlannedResource, IEnumerable<PlannedResource>> next, Func<PlannedResource, bool> goesOn)
    {
        var seen = new HashSet<PlannedResource>(ReferenceEqualityComparer.Instance) { start };
        var waiting = new Queue<PlannedResource>([start]);
        while (waiting.TryDequeue(out var resource))
        {
            if (resource != start)
                yield return resource;
            if (!ReferenceEquals(resource, start) && !goesOn(resource))
                continue;
            foreach (var neighbour in next(resource).Where(seen.Add))
                waiting.Enqueue(neighbour);
        }
    }
}
