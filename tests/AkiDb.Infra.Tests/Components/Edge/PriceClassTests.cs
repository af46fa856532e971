using AkiDb.Infra.Components.Edge;
using AkiDb.Infra.Costs.Prices;

namespace AkiDb.Infra.Tests.Components.Edge;

public sealed class PriceClassTests
{
    // Whose price a geography of the facts has in CloudFront's price table.
    private static readonly Dictionary<string, string> Rates = new()
    {
        ["South America"] = "southAmerica",
        ["Australia and New Zealand"] = "australia",
        ["Japan"] = "japan",
        ["Asia beside Japan and India"] = "asiaPacific",
        ["India"] = "india",
        ["the Middle East and Africa"] = "middleEastAfrica",
    };

    [Fact]
    public void Describe_Class200_NamesTheSouthernViewersWithTimeAndRate() => string.Join('\n', PriceClass.Class200.Describe()).Should()
        .Contain("price class 200: South America is served from farther away (North America), about 80 to 120 ms more a round trip, at $0.085 instead of $0.110")
        .And.Contain("Australia and New Zealand are served from farther away (Singapore and Japan)");

    [Fact]
    public void Farther_ASmallerClass_LeavesOutAllThatALargerOneDoes()
    {
        PriceClass.All.Farther().Should().BeEmpty();
        PriceClass.Class100.Farther().Select(viewers => viewers.Geography).Should().Contain(PriceClass.Class200.Farther().Select(viewers => viewers.Geography));
    }

    [Theory]
    [InlineData(PriceClass.Class100)]
    [InlineData(PriceClass.Class200)]
    public void Farther_Rates_AreThoseOfThePriceBook(PriceClass priceClass)
    {
        foreach (var viewers in priceClass.Farther())
        {
            Rate(Rates[viewers.Geography]).Should().Be(viewers.OwnUsdPerGb, viewers.Geography);
            new[] { Rate("northAmerica"), Rate("asiaPacific") }.Should().Contain(viewers.BilledUsdPerGb, viewers.Geography);
        }
    }

    [Theory]
    [InlineData(PriceClass.Class100, "PriceClass_100")]
    [InlineData(PriceClass.Class200, "PriceClass_200")]
    [InlineData(PriceClass.All, "PriceClass_All")]
    public void Parse_WhatCloudFrontCallsIt_FindsItAgain(PriceClass priceClass, string apiName)
    {
        priceClass.ApiName().Should().Be(apiName);
        PriceClassFacts.Parse(apiName).Should().Be(priceClass);
        PriceClassFacts.Parse("PriceClass_300").Should().BeNull();
    }

    private static decimal Rate(string geography) => PriceBook.Default.Find($"cloudfront.out.{geography}", null)!.Tiers[0].Usd;
}
