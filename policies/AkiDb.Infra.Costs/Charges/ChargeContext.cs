using AkiDb.Infra.Costs.Usage;
using AkiDb.Infra.Plan;

namespace AkiDb.Infra.Costs.Charges;

/// <summary>What a charge rule may look at besides the resource itself.</summary>
internal sealed class ChargeContext(StackPlan plan, UsageProfile usage)
{
    private readonly Dictionary<string, PlannedResource> _byUrn =
        plan.Resources.DistinctBy(resource => resource.Urn).ToDictionary(resource => resource.Urn.ToString());

    public StackPlan Plan { get; } = plan;

    public UsageProfile Usage { get; } = usage;

    /// <summary>The traffic; null where usage gives none.</summary>
    public TrafficCurve? Traffic { get; } = TrafficCurve.Of(usage);

    /// <summary>Requests a month; null where usage gives no traffic.</summary>
    public decimal? Requests => Traffic?.RequestsPerMonth;

    /// <summary>A percentage of all requests, in requests; null where either is not known.</summary>
    public decimal? RequestsBy(string percentKey) => Requests * Usage.Number(percentKey) / 100;

    /// <summary>The resource of a URN, or null.</summary>
    public PlannedResource? Find(string urn) => _byUrn.GetValueOrDefault(urn);

    /// <summary>What a resource depends on, of one type.</summary>
    public IEnumerable<PlannedResource> DependenciesOf(PlannedResource resource, string type) =>
        resource.Dependencies.Select(Find).OfType<PlannedResource>().Where(other => other.Type == type);

    /// <summary>How many resources of a type stand in the same region as <paramref name="resource"/>.</summary>
    public int CountBeside(PlannedResource resource, string type) =>
        Plan.OfType(type).Count(other => other.Region == resource.Region);
}
