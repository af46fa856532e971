using AkiDb.Router.Configuration;
using AkiDb.Router.Model;
using AkiDb.Router.Proxy;
using AkiDb.Router.Routing;
using Microsoft.Extensions.Primitives;

namespace AkiDb.Runtime.Tests.Router;

public class RequestRulesTests
{
    [Theory]
    [InlineData("1", 1)]
    [InlineData("50", 50)]
    [InlineData("3600000", 3_600_000)]
    public void LatencyBudget_WholeMilliseconds_IsRead(string header, int expected)
    {
        LatencyBudget.TryRead(header, out var budget).Should().BeTrue();
        budget.Should().Be(expected);
    }

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("-5")]
    [InlineData("+5")]
    [InlineData("50ms")]
    [InlineData("5.5")]
    [InlineData("1e3")]
    [InlineData("3600001")]
    [InlineData("99999999999999999999")]
    [InlineData(" 50")]
    public void LatencyBudget_AnythingElse_IsRefused(string header) => LatencyBudget.TryRead(header, out _).Should().BeFalse();

    [Fact]
    public void LatencyBudget_Twice_IsRefused() => LatencyBudget.TryRead(new StringValues(["50", "50"]), out _).Should().BeFalse();

    [Fact]
    public void LatencyBudget_Absent_IsNoError()
    {
        LatencyBudget.TryRead(StringValues.Empty, out var budget).Should().BeTrue();
        budget.Should().BeNull();
    }

    [Theory]
    [InlineData("/api/v1/embed", true)]
    [InlineData("/api/v1/embed/batch", true)]
    [InlineData("/api/v1/embedded", false)]
    [InlineData("/api/v1", false)]
    public void Route_Path_CoversWholeSegments(string path, bool covers) =>
        new RouteModel(new RouteConfig { Name = "embed", Path = "/api/v1/embed" }, 0).Covers(path).Should().Be(covers);

    [Theory]
    [InlineData("GET", true)]
    [InlineData("PUT", true)]
    [InlineData("DELETE", true)]
    [InlineData("POST", false)]
    [InlineData("PATCH", false)]
    public void Route_Method_MayRepeatOnlyWhatIsIdempotent(string method, bool may) =>
        new RouteModel(new RouteConfig { Name = "x", Path = "/x" }, 0).MayRepeat(method).Should().Be(may);

    [Fact]
    public void Route_DeclaredRepeatable_MayRepeatPost() =>
        new RouteModel(new RouteConfig { Name = "x", Path = "/x", IsRepeatable = true }, 0).MayRepeat("POST").Should().BeTrue();

    [Fact]
    public void RetryBudget_EverythingFails_AllowsTheBurstAndThenAFifth()
    {
        var config = new RetryConfig { BudgetBurst = 10, BudgetRatio = 0.2 };
        var budget = new RetryBudget();

        var retries = 0;
        for (var i = 0; i < 1_000; i++)
        {
            budget.Earn(config);
            retries += budget.TrySpend() ? 1 : 0;
        }

        retries.Should().BeInRange(200, 212);
    }

    [Fact]
    public void CostLedger_PriceChange_SettlesWhatWasCountedAtTheOldPrice()
    {
        var ledger = new CostLedger();
        ledger.SetPrices(2.0m, 6.0m);
        ledger.Count(isFirst: true);
        ledger.Count(isFirst: false);
        ledger.SetPrices(4.0m, 8.0m);
        ledger.Count(isFirst: true);

        ledger.Read().Should().Be((8.0m / 1_000_000, 14.0m / 1_000_000));
    }

    [Fact]
    public void Model_ConfigurationChange_KeepsTheStateOfWhatStays()
    {
        var before = new RouterFixtures();
        before[RouterFixtures.Spot].State.Addresses[0].Enter();
        var config = before.Model.Config with
        {
            Backends = [.. before.Model.Config.Backends.Where(backend => backend.Name != RouterFixtures.Jetson)],
        };

        var after = RouterModel.Build(config, before.Model, before.Clock.Now);

        after.Backends.Select(backend => backend.Config.Name).Should().Equal(RouterFixtures.Spot, RouterFixtures.Lambda, RouterFixtures.OnDemand);
        after.Backends[0].State.Should().BeSameAs(before[RouterFixtures.Spot].State);
        after.Backends[0].State.InFlight.Should().Be(1);
    }

    [Fact]
    public void Model_AddressOut_TakesItsShareOfTheCapacityAway()
    {
        var router = new RouterFixtures();
        var spot = router[RouterFixtures.Spot];
        spot.State.Addresses[0].SetDraining(true);
        spot.State.RefreshReady(spot.Config, router.Model.Config.Health, router.Clock.Now);

        spot.State.Ready.CapacityRps.Should().BeApproximately(400, 1e-9);
    }
}
