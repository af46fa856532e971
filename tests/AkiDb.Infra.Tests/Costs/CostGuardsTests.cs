using System.Collections.Immutable;
using AkiDb.Infra.Costs.Estimates;
using AkiDb.Infra.Costs.Output;
using AkiDb.Infra.Costs.Prices;
using AkiDb.Infra.Costs.Specification;

namespace AkiDb.Infra.Tests.Costs;

public sealed class CostGuardsTests
{
    private static readonly CostEstimate Hundred = Estimate(100_000_000);
    private static readonly CostEstimate Curve = Estimate(661_000_000);

    [Fact]
    public void Check_EveryLimitBroken_SaysEach()
    {
        var limits = new CostLimits
        {
            MonthlyUsd = 2_970,
            IncreasePercent = 10,
            Services = ImmutableSortedDictionary<string, decimal>.Empty.Add("cloudfront", 420).Add("eks", 500),
        };

        CostGuards.Check(Curve, Hundred, limits).Select(finding => finding.Limit)
            .Should().Equal("budgets.monthlyUsd", "budgets.increasePercent", "budgets.services.cloudfront");
    }

    [Fact]
    public void Check_ExactlyAtTheLimit_Holds() =>
        CostGuards.Check(Hundred, Hundred, new CostLimits { MonthlyUsd = Hundred.TotalUsd, IncreasePercent = 0 }).Should().BeEmpty();

    [Fact]
    public void Check_NothingToCompareWith_JudgesNoIncrease() =>
        CostGuards.Check(Curve, null, new CostLimits { IncreasePercent = 1 }).Should().BeEmpty();

    [Fact]
    public void Check_BaseOfAnotherEnvironment_JudgesNoIncrease() =>
        CostGuards.Check(Curve, Hundred with { Environment = "other" }, new CostLimits { IncreasePercent = 1 }).Should().BeEmpty();

    [Fact]
    public void Between_TwoEstimates_ChangesAddUpToTheDifference()
    {
        var difference = CostDifference.Between(Hundred, Curve);

        difference.Usd.Should().Be(Curve.TotalUsd - Hundred.TotalUsd);
        difference.Changes.Sum(change => change.Usd).Should().Be(difference.Usd);
        CostDifference.Between(Hundred, Hundred).Changes.Should().BeEmpty();
    }

    [Fact]
    public void Levers_OfTheSpecification_BeginWithTheFlatRatePlan()
    {
        var usage = SpecificationPlan.Usage(100_000_000);
        var levers = CostDrivers.Levers(SpecificationPlan.Create(), usage, Hundred, new CostEstimator(PriceBook.Default));

        levers[0].Change.Should().Be("edge.plan=business");
        levers[0].Usd.Should().BeApproximately(200 - 4_581.36m, 0.01m);
        levers.Should().OnlyContain(lever => lever.Usd < 0).And.BeInAscendingOrder(lever => lever.Usd);
    }

    [Fact]
    public void Commitments_FiveNodesAllMonth_AreWorthReserving()
    {
        var estimate = new CostEstimator(PriceBook.Default).Estimate(SpecificationPlan.Create(),
            SpecificationPlan.Usage(100_000_000, ("capacity.schedule", "5 c7g.2xlarge 730"), ("capacity.spotPercent", "0")));

        // Research §3.1, 5: one-year reservations for five nodes in three regions are $2,367.
        CommitmentAnalysis.Of(estimate, PriceBook.Default).Sum(entry => entry.OneYearUsd).Should().BeApproximately(2_367, 1);
    }

    private static CostEstimate Estimate(decimal requests) =>
        new CostEstimator(PriceBook.Default).Estimate(SpecificationPlan.Create(), SpecificationPlan.Usage(requests));
}
