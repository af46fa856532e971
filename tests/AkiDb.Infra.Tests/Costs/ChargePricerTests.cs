using AkiDb.Infra.Costs.Estimates;
using AkiDb.Infra.Costs.Prices;

namespace AkiDb.Infra.Tests.Costs;

public sealed class ChargePricerTests
{
    [Fact]
    public void ToLine_AcrossTiers_AddsEachTierAtItsPrice() =>
        // Facts 3.2: Europe's 15,000 GB is 10,240 at .085 and the rest at .080; the free terabyte comes off the first tier.
        Usd(("cloudfront.out.europe", 15_000)).Should().Equal(1_251.20m - (1_024 * 0.085m));

    [Fact]
    public void ToLine_SecondResource_StartsWhereTheFirstEndedInTheTiers() =>
        // 9,216 GB at .109 after the free terabyte, then the next tier.
        Usd(("cloudfront.out.india", 10_240), ("cloudfront.out.india", 100)).Should().Equal(1_004.54m, 8.50m);

    [Fact]
    public void ToLine_Allowance_IsSharedByAllPricesThatNameIt() =>
        Usd(("cloudfront.https.northAmerica", 6_000_000), ("cloudfront.https.europe", 6_000_000)).Should().Equal(0, 2.40m);

    [Fact]
    public void ToLine_NoPrice_IsAnErrorAndNotZero()
    {
        var line = new ChargePricer(PriceBook.Default).ToLine(new Charge("Node", "ec2.onDemand.c7gn.xlarge", 730), "eu-central-1");

        line.State.Should().Be(LineState.NotPriced);
        line.UnitPriceText.Should().Be("no price for 'ec2.onDemand.c7gn.xlarge' in eu-central-1");
    }

    [Fact]
    public void ToLine_NoQuantity_SaysTheUnitPrice()
    {
        var line = new ChargePricer(PriceBook.Default).ToLine(Charge.ByUsage("Traces", "xray.recorded", null, "tracing.percent"), "us-east-1");

        line.State.Should().Be(LineState.DependsOnUsage);
        line.UnitPriceText.Should().Be("$5 per 1,000,000 traces");
    }

    [Fact]
    public void ToLine_ChargesInAnyOrder_CostTheSameToACentALine()
    {
        var random = new Random(7);
        for (var trial = 0; trial < 200; trial++)
        {
            (string, decimal)[] charges = [.. Enumerable.Range(0, 6).Select(_ => ($"cloudfront.out.europe", (decimal)random.Next(0, 60_000)))];
            var forward = Usd(charges).Sum();

            random.Shuffle(charges);

            // Each of the six lines is rounded to a cent by itself.
            Usd(charges).Sum().Should().BeApproximately(forward, 0.06m);
        }
    }

    [Fact]
    public void ToLine_MoreQuantity_NeverCostsLess()
    {
        var random = new Random(11);
        foreach (var price in PriceBook.Default.Prices.Where(price => price.Tiers.Length > 1))
        {
            var quantity = (decimal)random.NextDouble() * (price.Tiers[^2].UpTo ?? 1) * 2;
            Line(price, quantity + 1).Should().BeGreaterThanOrEqualTo(Line(price, quantity));
        }

        static decimal Line(Price price, decimal quantity) => new ChargePricer(PriceBook.Default).ToLine(new Charge("x", price.Id, quantity), price.Region).MonthlyUsd;
    }

    private static List<decimal> Usd(params (string Id, decimal Quantity)[] charges)
    {
        var pricer = new ChargePricer(PriceBook.Default);
        return [.. charges.Select(charge => pricer.ToLine(new Charge("x", charge.Id, charge.Quantity), "us-east-1").MonthlyUsd)];
    }
}
