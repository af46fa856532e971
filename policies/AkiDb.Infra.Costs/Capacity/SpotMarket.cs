using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using AkiDb.Infra.Costs.Prices;

namespace AkiDb.Infra.Costs.Capacity;

/// <summary>What the Spot Advisor says of a type in a region.</summary>
/// <param name="SavingPercent">Off the on-demand price, average of the past month.</param>
/// <param name="Bucket">Share reclaimed in the past month: 0 is below 5 %, 4 above 20 %.</param>
public readonly record struct SpotAdvice(int SavingPercent, int Bucket);

/// <summary>Spot savings and interruption rates by type and region, from the Spot Advisor until price history has been read.</summary>
public sealed class SpotMarket
{
    // Middle of each bucket; the last is open-ended and taken as 25 %.
    private static readonly ImmutableArray<double> MonthlyInterruption = [0.025, 0.075, 0.125, 0.175, 0.25];

    private static readonly Lazy<SpotMarket> Loaded = new(Load);

    private readonly ImmutableDictionary<(string Type, string Region), SpotAdvice> _advice;

    private SpotMarket(ImmutableDictionary<(string, string), SpotAdvice> advice, string source, DateOnly effective) =>
        (_advice, Source, Effective) = (advice, source, effective);

    /// <summary>The data that come with the program.</summary>
    public static SpotMarket Default => Loaded.Value;

    /// <summary>Where the data are from.</summary>
    public string Source { get; }

    /// <summary>Their day.</summary>
    public DateOnly Effective { get; }

    /// <summary>The advice, or null where the type is not sold as spot in the region.</summary>
    public SpotAdvice? Find(string type, string region) => _advice.TryGetValue((type, region), out var advice) ? advice : null;

    /// <summary>Expected share of nodes of a bucket that are reclaimed in a month.</summary>
    public static double InterruptionsPerMonth(int bucket) => MonthlyInterruption[bucket];

    /// <summary>The spot price of a type whose on-demand price is known; null where it is not sold as spot in the region.</summary>
    public Price? PriceOf(string type, Price onDemand) => Find(type, onDemand.Region) is { } advice
        ? onDemand with
        {
            Id = $"ec2.spot.{type}",
            What = $"{type}, Linux, spot",
            Tiers = [new PriceTier(null, onDemand.FirstUsd * (100 - advice.SavingPercent) / 100)],
            Source = new PriceSource($"Derived: on-demand price of {onDemand.Source.Effective:yyyy-MM-dd} less {advice.SavingPercent} % ({Source})", Effective, PriceConfidence.Derived),
        }
        : null;

    private static SpotMarket Load()
    {
        using var stream = typeof(SpotMarket).Assembly.GetManifestResourceStream("capacity.spot-advisor.json")!;
        using var document = JsonDocument.Parse(stream);
        var root = document.RootElement;
        var advice =
            from type in root.GetProperty("types").EnumerateObject()
            from region in type.Value.EnumerateObject()
            select KeyValuePair.Create((type.Name, region.Name), new SpotAdvice(region.Value[0].GetInt32(), region.Value[1].GetInt32()));
        return new SpotMarket(advice.ToImmutableDictionary(), root.GetProperty("source").GetString()!,
            DateOnly.ParseExact(root.GetProperty("effective").GetString()!, "yyyy-MM-dd", CultureInfo.InvariantCulture));
    }
}
