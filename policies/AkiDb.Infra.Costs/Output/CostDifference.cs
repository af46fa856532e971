using System.Collections.Immutable;
using AkiDb.Infra.Costs.Estimates;

namespace AkiDb.Infra.Costs.Output;

/// <summary>One line that costs more or less than before.</summary>
/// <param name="Resource">Name of the resource.</param>
/// <param name="Line">Name of the line.</param>
/// <param name="Before">Dollars a month; null where the line is new.</param>
/// <param name="After">Dollars a month; null where the line is gone.</param>
public sealed record CostChange(string Resource, string Line, decimal? Before, decimal? After)
{
    /// <summary>Dollars a month more (or, negative, less).</summary>
    public decimal Usd => (After ?? 0) - (Before ?? 0);

    /// <summary><c>+</c> new, <c>-</c> gone, <c>~</c> changed.</summary>
    public char Sign => Before is null ? '+' : After is null ? '-' : '~';
}

/// <summary>Two estimates side by side.</summary>
public sealed class CostDifference
{
    private CostDifference(CostEstimate before, CostEstimate after, ImmutableArray<CostChange> changes) => (Before, After, Changes) = (before, after, changes);

    /// <summary>The base.</summary>
    public CostEstimate Before { get; }

    /// <summary>The new one.</summary>
    public CostEstimate After { get; }

    /// <summary>Lines that differ, greatest change first.</summary>
    public ImmutableArray<CostChange> Changes { get; }

    /// <summary>Dollars a month: the sum of the changes.</summary>
    public decimal Usd => After.TotalUsd - Before.TotalUsd;

    /// <summary>Percent of the base; null where the base costs nothing.</summary>
    public decimal? Percent => Before.TotalUsd == 0 ? null : Usd / Before.TotalUsd * 100;

    /// <summary>Compares. Resources are matched by type and name, so that two environments can be compared too.</summary>
    public static CostDifference Between(CostEstimate before, CostEstimate after)
    {
        var (old, fresh) = (Lines(before), Lines(after));
        var changes = old.Keys.Union(fresh.Keys)
            .Select(key => new CostChange(key.Name, key.Line, old.TryGetValue(key, out var was) ? was : null, fresh.TryGetValue(key, out var now) ? now : null))
            .Where(change => change.Usd != 0 || change.Sign != '~')
            .OrderByDescending(change => Math.Abs(change.Usd)).ThenBy(change => change.Resource, StringComparer.Ordinal).ThenBy(change => change.Line, StringComparer.Ordinal);
        return new CostDifference(before, after, [.. changes]);
    }

    private static Dictionary<(string? Type, string Name, string Line), decimal> Lines(CostEstimate estimate) => estimate.Resources
        .SelectMany(resource => resource.Lines.Select(line => (Key: (resource.Type, resource.Name, line.Name), line.MonthlyUsd)))
        .GroupBy(entry => entry.Key).ToDictionary(group => group.Key, group => group.Sum(entry => entry.MonthlyUsd));
}
