using System.Collections.Immutable;

namespace AkiDb.Infra.Costs.Estimates;

/// <summary>What one resource, or one item that no resource stands for, costs.</summary>
public sealed record ResourceCost
{
    /// <summary>URN; for an item of the environment as a whole a name of its own, which has no <c>urn:</c>.</summary>
    public required string Id { get; init; }

    /// <summary>Name in the program.</summary>
    public required string Name { get; init; }

    /// <summary>Type token; null for an item that no resource stands for.</summary>
    public string? Type { get; init; }

    /// <summary>AWS region; null where it has none.</summary>
    public string? Region { get; init; }

    /// <summary>Names of the components that hold it, outermost first.</summary>
    public ImmutableArray<string> Path { get; init; } = [];

    /// <summary>What the estimate says of it.</summary>
    public required CoverageState State { get; init; }

    /// <summary>Why it is free, priced elsewhere or unsupported.</summary>
    public string? Reason { get; init; }

    /// <summary>Its lines; none unless <see cref="CoverageState.Priced"/>.</summary>
    public ImmutableArray<CostLine> Lines { get; init; } = [];

    /// <summary>US dollars a month.</summary>
    public decimal MonthlyUsd => Lines.Sum(line => line.MonthlyUsd);
}
