using System.Collections.Immutable;
using System.Globalization;
using AkiDb.Infra.Components.Observability.Rules;

namespace AkiDb.Infra.Components.Observability.Objectives;

/// <summary>A promise to clients: the share of events that are good over thirty days.</summary>
public sealed record ServiceObjective
{
    // A request is quick when it ends within this; the histogram has a bucket of exactly this bound (specification W15: 30 ms).
    private const double QuickSeconds = 0.03;

    // What a client must send again: server errors, and what was turned away for load.
    private const string Unanswered = "5..|429";

    /// <summary>Label of an objective's series and alerts.</summary>
    public const string Label = "slo";

    /// <summary>The three promises of specification W15. Its 99.99 % of another page is not kept: docs/slos.md says why.</summary>
    public static ImmutableArray<ServiceObjective> All { get; } = [Availability(), Latency(), Errors()];

    /// <summary>Lower-case name, e.g. <c>availability</c>.</summary>
    public required string Name { get; init; }

    /// <summary>What is promised, one sentence for people.</summary>
    public required string Promise { get; init; }

    /// <summary>Share of good events, above 0 and below 1.</summary>
    public required decimal Goal { get; init; }

    /// <summary>What the share is taken over. Default: 30 days.</summary>
    public TimeSpan Period { get; init; } = TimeSpan.FromDays(30);

    /// <summary>PromQL: events a second by region.</summary>
    public required string Events { get; init; }

    /// <summary>PromQL: events a second, by region, that break the promise; without a series where there are none.</summary>
    public required string BadEvents { get; init; }

    /// <summary>Share of events that may be bad.</summary>
    public decimal Budget => 1 - Goal;

    /// <summary>The goal as people write it, e.g. <c>99.95 %</c>.</summary>
    public string GoalText => (Goal * 100).ToString("0.###", CultureInfo.InvariantCulture) + " %";

    private static ServiceObjective Availability() => new()
    {
        Name = "availability",
        Promise = "99.95 % of requests end without a server error",
        Goal = 0.9995m,
        Events = ByRegion(RouterSeries.Requests.Rate("5m")),
        BadEvents = ByRegion(RouterSeries.Requests.Like("status", RouterSeries.ServerErrors).Rate("5m")),
    };

    private static ServiceObjective Latency()
    {
        // A fast error is no good service, and availability counts it already.
        var answered = RouterSeries.Duration.Unlike("status", RouterSeries.ServerErrors);
        var all = ByRegion((answered with { Metric = $"{answered.Metric}_count" }).Rate("5m"));
        var quick = (answered with { Metric = $"{answered.Metric}_bucket" }).Where("le", PromQl.Number(QuickSeconds));
        return new ServiceObjective
        {
            Name = "latency",
            Promise = "99.9 % of answered requests take less than 30 ms",
            Goal = 0.999m,
            Events = all,
            BadEvents = $"{all} - {ByRegion(quick.Rate("5m"))}",
        };
    }

    private static ServiceObjective Errors() => new()
    {
        Name = "errors",
        Promise = "less than 0.1 % of requests fail or are turned away",
        Goal = 0.999m,
        Events = ByRegion(RouterSeries.Requests.Rate("5m")),
        BadEvents = ByRegion(RouterSeries.Requests.Like("status", Unanswered).Rate("5m")),
    };

    private static string ByRegion(string rate) => PromQl.Sum(rate, Contracts.MetricLabels.Region);
}
