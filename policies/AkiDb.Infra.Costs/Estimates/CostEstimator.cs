using System.Collections.Immutable;
using AkiDb.Infra.Costs.Capacity;
using AkiDb.Infra.Costs.Charges;
using AkiDb.Infra.Costs.Prices;
using AkiDb.Infra.Costs.Usage;
using AkiDb.Infra.Plan;

namespace AkiDb.Infra.Costs.Estimates;

/// <summary>Estimates what a plan costs in a month.</summary>
public sealed class CostEstimator(PriceBook book)
{
    private const string ClusterType = "aws:eks/cluster:Cluster";

    private readonly ChargeCatalogue _catalogue = ChargeCatalogue.Default;

    /// <summary>The estimate of <paramref name="plan"/> under <paramref name="usage"/>.</summary>
    /// <exception cref="UsageException">A usage value is checked only where it is used, and is not allowed.</exception>
    public CostEstimate Estimate(StackPlan plan, UsageProfile usage)
    {
        var context = new ChargeContext(plan, usage);
        var pricer = new ChargePricer(book);
        var paths = new ComponentPaths(plan);
        var regions = plan.OfType(ClusterType).Select(cluster => cluster.Region).OfType<string>().Distinct().Order(StringComparer.Ordinal).ToImmutableArray();
        var capacity = regions.Select(region => Simulate(context, region, regions)).ToImmutableArray();

        var resources = plan.Resources.Where(resource => resource.IsCustom).Select(resource => CostOf(resource, context, pricer, paths))
            .Concat(capacity.Select(region => Item($"Capacity {region.Region}", region.Region, CapacityCharges.Of(region, usage), pricer)))
            .Concat(EnvironmentCharges.Of(context, regions).Select(item => Item(item.Name, item.Region, item.Charges, pricer)))
            .ToImmutableArray();
        return new CostEstimate
        {
            Environment = plan.Stack,
            Scenario = usage.Scenario,
            RequestsPerMonth = context.Requests,
            HasEdge = plan.OfType(EdgeCharges.DistributionType).Any(),
            OverfullPlan = EdgeCharges.OverfullPlan(context),
            Resources = resources,
            Capacity = capacity,
            Notes = [.. NotesOn(plan, capacity, context)],
        };
    }

    private RegionCapacity Simulate(ChargeContext context, string region, ImmutableArray<string> regions)
    {
        if (context.Usage.Text("capacity.schedule") is { } schedule)
            return NodeSchedule.Of(schedule, region, book);
        var share = RegionalTraffic.ShareOf(region, regions, context.Usage);
        var model = new ClusterModelReader(context.Plan, context.Usage).Read(region);
        return new ClusterSimulation(model, book).Run(minute => (context.Traffic?.At(minute) ?? 0) * share);
    }

    private ResourceCost CostOf(PlannedResource resource, ChargeContext context, ChargePricer pricer, ComponentPaths paths)
    {
        var cost = new ResourceCost
        {
            Id = resource.Urn.ToString(),
            Name = resource.Name,
            Type = resource.Type,
            Region = resource.Region,
            Path = paths.Of(resource),
            State = CoverageState.Unsupported,
        };
        if (_catalogue.ElsewhereOf(resource.Type) is { } where)
            return cost with { State = CoverageState.Elsewhere, Reason = where };
        if (_catalogue.RuleOf(resource.Type) is { } rule)
        {
            var lines = rule(resource, context).Select(charge => pricer.ToLine(charge, resource.Region)).ToImmutableArray();
            // A rule that finds nothing to bill says that this one is free, e.g. a gateway endpoint or a cluster-internal service.
            return lines.IsEmpty
                ? cost with { State = CoverageState.Free, Reason = FreeTypes.ReasonOf(resource.Type) ?? "free in this form" }
                : cost with { State = CoverageState.Priced, Lines = lines };
        }

        return FreeTypes.ReasonOf(resource.Type) is { } reason
            ? cost with { State = CoverageState.Free, Reason = reason }
            : cost with { Reason = $"no rule for {resource.Type}" };
    }

    private static ResourceCost Item(string name, string? region, IEnumerable<Charge> charges, ChargePricer pricer) => new()
    {
        Id = name,
        Name = name,
        Region = region,
        State = CoverageState.Priced,
        Lines = [.. charges.Select(charge => pricer.ToLine(charge, region))],
    };

    private static IEnumerable<string> NotesOn(StackPlan plan, ImmutableArray<RegionCapacity> capacity, ChargeContext context)
    {
        foreach (var region in capacity)
        {
            foreach (var note in region.Notes)
                yield return $"{region.Region}: {note}";
            if (region.UnplacedPods > 0)
                yield return $"{region.Region}: {region.UnplacedPods} pods find no node that a pool may start";
        }

        if (capacity.Any(region => region.Hours.Any(hours => hours.IsSpot)))
            yield return FormattableString.Invariant($"spot prices are the on-demand price less the saving of the Spot Advisor of {SpotMarket.Default.Effective:yyyy-MM-dd}; no price history has been read");
        if (context.Requests is null)
            yield return "usage gives no traffic: clusters stand at their fewest replicas";
        if (!plan.OfType(EdgeCharges.DistributionType).Any())
            yield return "the plan declares no CloudFront distribution: the edge is not in the total";
    }
}
