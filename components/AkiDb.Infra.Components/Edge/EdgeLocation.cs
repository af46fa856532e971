using Pulumi;

namespace AkiDb.Infra.Components.Edge;

/// <summary>A region behind the edge.</summary>
/// <param name="Name">Name of the cell, e.g. <c>eu-central-1</c>.</param>
/// <param name="Region">AWS region.</param>
/// <param name="Provider">Its AWS provider.</param>
public sealed record EdgeLocation(string Name, string Region, ProviderResource Provider);
