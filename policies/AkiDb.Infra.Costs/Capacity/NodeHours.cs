using AkiDb.Infra.Costs.Prices;

namespace AkiDb.Infra.Costs.Capacity;

/// <summary>Hours a month that nodes of one kind run.</summary>
/// <param name="Type">Instance type.</param>
/// <param name="IsSpot">Spot or on demand.</param>
/// <param name="Hours">Node hours in a month of 730 hours.</param>
/// <param name="Price">Dollars an hour.</param>
/// <param name="OnDemand">The on-demand price of the same type.</param>
public sealed record NodeHours(string Type, bool IsSpot, decimal Hours, Price Price, Price OnDemand);
