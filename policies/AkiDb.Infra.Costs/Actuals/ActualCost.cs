using System.Collections.Immutable;

namespace AkiDb.Infra.Costs.Actuals;

/// <summary>What a group of a bill's lines came to on a day.</summary>
/// <param name="Day">UTC.</param>
/// <param name="Keys">Values of the grouping, e.g. service and region.</param>
/// <param name="Usd">Unblended cost.</param>
/// <param name="IsEstimated">AWS may still change it: the day is less than about two days past.</param>
public sealed record ActualCost(DateOnly Day, ImmutableArray<string> Keys, decimal Usd, bool IsEstimated);

/// <summary>What AWS expects a period to come to.</summary>
/// <param name="Usd">Mean.</param>
/// <param name="LowUsd">Lower end of the prediction interval, summed over the days.</param>
/// <param name="HighUsd">Upper end.</param>
public sealed record CostForecast(decimal Usd, decimal LowUsd, decimal HighUsd);

/// <summary>Spend that AWS found unusual.</summary>
/// <param name="From">First day.</param>
/// <param name="Service">Where it came from; null where AWS does not say.</param>
/// <param name="Region">AWS region; null where AWS does not say.</param>
/// <param name="ImpactUsd">Above what was expected.</param>
public sealed record CostAnomaly(DateOnly From, string? Service, string? Region, decimal ImpactUsd);
