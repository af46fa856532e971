using System.Collections.Immutable;
using AkiDb.Infra.Costs.Capacity;

namespace AkiDb.Infra.Costs.Estimates;

/// <summary>What a plan costs in a month under one scenario. All totals are sums of the lines, which are whole cents.</summary>
public sealed record CostEstimate
{
    /// <summary>Stack of the plan.</summary>
    public required string Environment { get; init; }

    /// <summary>Scenario of the usage file.</summary>
    public required string Scenario { get; init; }

    /// <summary>Requests a month of that scenario; null where the usage file gives no traffic.</summary>
    public decimal? RequestsPerMonth { get; init; }

    /// <summary>Every resource of the plan and every item of the environment, in the plan's order.</summary>
    public required ImmutableArray<ResourceCost> Resources { get; init; }

    /// <summary>Whether the plan has a CloudFront distribution: without one the total says nothing of the largest part of the bill.</summary>
    public required bool HasEdge { get; init; }

    /// <summary>The flat-rate plan of CloudFront that does not hold the traffic, so that the total buys less than is asked for; null where
    /// there is none such.</summary>
    public string? OverfullPlan { get; init; }

    /// <summary>The simulated clusters, one a region; none where the plan has no cluster.</summary>
    public ImmutableArray<RegionCapacity> Capacity { get; init; } = [];

    /// <summary>What the reader should know about the estimate as a whole.</summary>
    public ImmutableArray<string> Notes { get; init; } = [];

    /// <summary>All lines.</summary>
    public IEnumerable<CostLine> Lines => Resources.SelectMany(resource => resource.Lines);

    /// <summary>What lines say of themselves, each sentence once, with the number of lines that it stands at.</summary>
    public IEnumerable<string> LineNotes => Lines.Where(line => line.Note is not null).GroupBy(line => (line.Name, line.Note))
        .Select(group => $"{group.Key.Name}: {group.Key.Note}{(group.Count() > 1 ? $" ({group.Count()} lines)" : "")}");

    /// <summary>US dollars a month: all lines.</summary>
    public decimal TotalUsd => Lines.Sum(line => line.MonthlyUsd);

    /// <summary>US dollars a month that come from existing.</summary>
    public decimal BaselineUsd => Lines.Where(line => !line.IsUsage).Sum(line => line.MonthlyUsd);

    /// <summary>US dollars a month that usage drives.</summary>
    public decimal UsageUsd => Lines.Where(line => line.IsUsage).Sum(line => line.MonthlyUsd);

    /// <summary>Lines for which no price is known; an estimate that has any is no estimate.</summary>
    public IEnumerable<(ResourceCost Resource, CostLine Line)> Errors =>
        Resources.SelectMany(resource => resource.Lines.Where(line => line.State == LineState.NotPriced).Select(line => (resource, line)));

    /// <summary>US dollars a month by service, dearest first.</summary>
    public ImmutableArray<(string Service, decimal Usd)> ByService => Sum(line => ServiceNames.Of(line.Service));

    /// <summary>US dollars a month by region, dearest first; <c>global</c> for what has none.</summary>
    public ImmutableArray<(string Region, decimal Usd)> ByRegion => Sum(line => line.Region ?? Prices.Price.Global);

    /// <summary>How many resources of the plan are in a state; items of the environment are not counted.</summary>
    public int Count(CoverageState state) => Resources.Count(resource => resource.Type is not null && resource.State == state);

    private ImmutableArray<(string, decimal)> Sum(Func<CostLine, string> key) =>
    [
        .. Lines.GroupBy(key).Select(group => (group.Key, Usd: group.Sum(line => line.MonthlyUsd)))
            .OrderByDescending(group => group.Usd).ThenBy(group => group.Key, StringComparer.Ordinal),
    ];
}
