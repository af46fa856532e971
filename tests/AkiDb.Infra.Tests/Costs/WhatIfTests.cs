using AkiDb.Infra.Costs.Estimates;
using AkiDb.Infra.Costs.Prices;
using AkiDb.Infra.Costs.Specification;

namespace AkiDb.Infra.Tests.Costs;

/// <summary>What-ifs move the total in the documented direction and by the documented amount (cost research, §3).</summary>
public sealed class WhatIfTests
{
    [Fact]
    public void PriceClass_AllToHundred_SavesTenPercentOfCloudFrontAndNotForty() =>
        // §3.2: $463 of egress and $4.50 of requests.
        Change(100_000_000, ("edge.priceClass", "100")).Should().BeApproximately(-467.50m, 4.70m);

    [Fact]
    public void PriceClass_AllToTwoHundred_SavesOnlySouthAmerica() =>
        Change(100_000_000, ("edge.priceClass", "200")).Should().BeApproximately(-30m - 2.40m, 0.40m);

    [Fact]
    public void TraceRate_ToOnePercent_SavesFourteenPointFourPercentOfFiveDollarsAMillion() =>
        Change(661_000_000, ("tracing.percent", "1")).Should().BeApproximately(-0.144m * 661 * 5, 1m);

    [Fact]
    public void SpotShare_FromSeventyToNone_CostsTheOnDemandDifference() =>
        // §3.1: the schedule at 70/30 is $868.96; all on demand it is 990 h and 1,064 h at the list price of each region.
        Change(100_000_000, ("capacity.spotPercent", "0")).Should().BeApproximately(
            (990 * (0.29m + 0.3298m + 0.3638m)) + (1_064 * (0.145m + 0.1649m + 0.1819m)) - 868.96m, 1m);

    [Fact]
    public void SpotShare_EveryStepMore_NeverCostsMore()
    {
        var totals = Enumerable.Range(0, 11).Select(step => Total(100_000_000, ("capacity.spotPercent", $"{step * 10}"))).ToList();

        totals.Should().BeInDescendingOrder();
    }

    [Theory]
    [InlineData("edge.cacheHitPercent")]
    [InlineData("edge.lambdaPercent")]
    [InlineData("edge.egressGb")]
    [InlineData("metrics.custom")]
    public void MoreUse_NeverCostsLess(string key)
    {
        var totals = new[] { 0, 1, 10, 50, 100 }.Select(value => Total(100_000_000, (key, $"{value}"))).ToList();

        if (key == "edge.cacheHitPercent")
            totals.Should().BeInDescendingOrder();
        else
            totals.Should().BeInAscendingOrder();
    }

    private static decimal Change(decimal requests, params (string, string)[] changes) => Total(requests, changes) - Total(requests);

    private static decimal Total(decimal requests, params (string, string)[] changes) =>
        new CostEstimator(PriceBook.Default).Estimate(SpecificationPlan.Create(), SpecificationPlan.Usage(requests, changes)).TotalUsd;
}
