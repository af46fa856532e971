namespace AkiDb.Local.Scoreboard;

/// <summary>What one backend got, from the router's own books.</summary>
internal sealed record BackendShare(string Name, long Requests, double Share, double P95Ms, decimal CostPerMillionUsd, decimal SpentUsd);
