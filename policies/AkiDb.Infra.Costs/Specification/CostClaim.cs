namespace AkiDb.Infra.Costs.Specification;

/// <summary>A number of the specification beside the computed one.</summary>
/// <param name="Where">Week and subject.</param>
/// <param name="Claim">What the specification says.</param>
/// <param name="ClaimedUsd">Its dollars a month; an hour or a million where the claim says so.</param>
/// <param name="ComputedUsd">The same from the price book.</param>
/// <param name="Why">Where the difference comes from.</param>
public sealed record CostClaim(string Where, string Claim, decimal ClaimedUsd, decimal ComputedUsd, string Why);
