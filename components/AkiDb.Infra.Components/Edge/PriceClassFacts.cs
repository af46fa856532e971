using System.Collections.Immutable;

namespace AkiDb.Infra.Components.Edge;

/// <summary>Viewers that a price class serves from outside their own geography.</summary>
/// <param name="Geography">Who.</param>
/// <param name="ServedFrom">Where the nearest locations of the class are.</param>
/// <param name="AddedMilliseconds">Round trip that comes on top, roughly: least and most. Light in fibre covers 200 km in a
/// millisecond (ITU-T G.652, refractive index 1.47), there and back 100 km; cables run a quarter to a half longer than the great circle.</param>
/// <param name="OwnUsdPerGb">What their own geography would cost for each of the first 10,240 GB.</param>
/// <param name="BilledUsdPerGb">What the geography that serves them costs.</param>
public sealed record FartherViewers(string Geography, string ServedFrom, (int Least, int Most) AddedMilliseconds, decimal OwnUsdPerGb, decimal BilledUsdPerGb);

/// <summary>
/// What each price class does to whom. Geographies: CloudFront developer guide, "Choose the price class", and the CDK's PriceClass
/// documentation v2.275; prices: Infracost's generated CloudFront table of 2024-07-01, as in the price book; both read 2026-11. A
/// viewer outside the class is billed at the rate of the location that serves. CloudFront may serve from an excluded location all
/// the same, at the cheapest rate of the class, so the times are what to plan with, not what each request sees.
/// </summary>
public static class PriceClassFacts
{
    // Great circles: Tokyo to Los Angeles 8,800 km; Singapore to Marseille 10,500; Mumbai to Marseille 7,200; Nairobi to Marseille
    // 6,200; Dubai to Athens 3,300; São Paulo to Miami 6,600; Sydney to Singapore 6,300, to Los Angeles 12,100; Auckland to Los Angeles 10,500.
    private static readonly ImmutableArray<FartherViewers> SouthernOf200 =
    [
        new("South America", "North America", (80, 120), 0.110m, 0.085m),
        new("Australia and New Zealand", "Singapore and Japan", (80, 120), 0.114m, 0.120m),
    ];

    private static readonly ImmutableArray<FartherViewers> Of100 =
    [
        new("South America", "North America", (80, 120), 0.110m, 0.085m),
        new("Australia and New Zealand", "the west of North America", (130, 180), 0.114m, 0.085m),
        new("Japan", "the west of North America", (100, 130), 0.114m, 0.085m),
        new("Asia beside Japan and India", "North America and Europe", (130, 180), 0.120m, 0.085m),
        new("India", "Europe", (90, 130), 0.109m, 0.085m),
        new("the Middle East and Africa", "Europe and Israel", (40, 100), 0.110m, 0.085m),
    ];

    /// <summary>The name that CloudFront takes, e.g. <c>PriceClass_200</c>.</summary>
    public static string ApiName(this PriceClass priceClass) => priceClass switch
    {
        PriceClass.Class100 => "PriceClass_100",
        PriceClass.Class200 => "PriceClass_200",
        _ => "PriceClass_All",
    };

    /// <summary>The class that CloudFront calls so; null where there is none.</summary>
    public static PriceClass? Parse(string apiName) =>
        Enum.GetValues<PriceClass>().Cast<PriceClass?>().FirstOrDefault(priceClass => priceClass!.Value.ApiName() == apiName);

    /// <summary>Who is served from farther away.</summary>
    public static ImmutableArray<FartherViewers> Farther(this PriceClass priceClass) => priceClass switch
    {
        PriceClass.Class100 => Of100,
        PriceClass.Class200 => SouthernOf200,
        _ => [],
    };

    /// <summary>What the class means, a sentence for each effect.</summary>
    public static IEnumerable<string> Describe(this PriceClass priceClass)
    {
        var title = $"price class {priceClass.ToString().Replace("Class", "", StringComparison.Ordinal)}";
        if (priceClass.Farther().IsEmpty)
            yield return $"{title}: every viewer is served from the nearest location; South America and Australia at their own, higher rates";
        foreach (var viewers in priceClass.Farther())
        {
            yield return FormattableString.Invariant(
                $"{title}: {viewers.Geography} {(viewers.Geography.Contains(" and ", StringComparison.Ordinal) ? "are" : "is")} served from farther away ({viewers.ServedFrom}), ")
                + FormattableString.Invariant($"about {viewers.AddedMilliseconds.Least} to {viewers.AddedMilliseconds.Most} ms more a round trip, ")
                + FormattableString.Invariant($"at ${viewers.BilledUsdPerGb} instead of ${viewers.OwnUsdPerGb} for each of the first 10,240 GB");
        }
    }
}
