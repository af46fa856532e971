using AkiDb.Infra.Policies;
using AkiDb.TestKit.Plans;

namespace AkiDb.Infra.Tests.Policies;

public sealed class MonthlyBudgetTests
{
    [Theory]
    [InlineData(2970, 2970, true)]
    [InlineData(2970.01, 2970, false)]
    public void Budget_EstimateAgainstBudget_IsKeptToTheCent(double usd, double budget, bool isKept) =>
        Findings(new MonthlyEstimate((decimal)usd, (decimal)budget, [])).OfType<Violation>().Any().Should().Be(!isKept);

    [Fact]
    public void Budget_NoEstimate_SaysNothingYet() => Findings(null).Should().ContainSingle().Which.Should().BeOfType<NotApplicableYet>();

    [Fact]
    public void Budget_SomethingUnpricedBelowTheBudget_IsNotCalledKept() =>
        Findings(new MonthlyEstimate(10, 100, ["aws:new/thing:Thing"])).Should().ContainSingle().Which.Should().BeOfType<NotApplicableYet>();

    [Fact]
    public void Budget_AlreadyOverWithSomethingUnpriced_IsBroken() =>
        Findings(new MonthlyEstimate(101, 100, ["aws:new/thing:Thing"])).Should().ContainSingle().Which.Should().BeOfType<Violation>();

    private static List<Finding> Findings(MonthlyEstimate? estimate) =>
        [.. RuleCatalogue.Find("monthly-budget")!.Check(new PlanView(new PlanBuilder("prod").Build(), new PolicyContext(new DateOnly(2026, 11, 22)) { Estimate = estimate }))];
}
