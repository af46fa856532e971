using System.Collections.Immutable;
using System.Globalization;

namespace AkiDb.Infra.Stacks.Settings;

/// <summary>What an environment may cost; `akidb cost` exits 1 where an estimate is above.</summary>
public sealed record BudgetSettings
{
    /// <summary>Whole dollars a month; null for no limit.</summary>
    public required int? MonthlyUsd { get; init; }

    /// <summary>Percent above the base of a comparison; null for no limit.</summary>
    public required int? IncreasePercent { get; init; }

    /// <summary>Whole dollars a month by service, e.g. <c>cloudfront</c>: the first part of a price's id.</summary>
    public required ImmutableSortedDictionary<string, int> Services { get; init; }

    internal static BudgetSettings Read(SettingsReader reader)
    {
        var settings = new BudgetSettings
        {
            MonthlyUsd = Limit(reader.Whole("monthlyUsd", 0, 10_000_000, 0)),
            IncreasePercent = Limit(reader.Whole("increasePercent", 0, 1_000, 0)),
            Services = reader.Map("services", (_, usd) => int.TryParse(usd, NumberStyles.None, CultureInfo.InvariantCulture, out var whole) && whole > 0,
                    "whole dollars a month by service, more than 0", "{ cloudfront: 5000 }")
                .ToImmutableSortedDictionary(entry => entry.Key, entry => int.TryParse(entry.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var usd) ? usd : 0, StringComparer.Ordinal),
        };
        reader.RefuseUnknownKeys();
        return settings;
    }

    private static int? Limit(int number) => number == 0 ? null : number;
}
