namespace AkiDb.Router.Model;

/// <summary>The addresses of a backend that get new requests, as one immutable picture.</summary>
/// <param name="Addresses">Those that are ready.</param>
/// <param name="CapacityRps">What they can serve, in requests per second; infinity when unlimited.</param>
/// <param name="TrialDueAt">When the next ejected address may be tried, on the router's clock; infinity when none.</param>
public sealed record ReadySet(AddressState[] Addresses, double CapacityRps, double TrialDueAt)
{
    public static readonly ReadySet Empty = new([], 0, double.PositiveInfinity);
}
