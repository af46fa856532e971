using AkiDb.Router.Routing;

namespace AkiDb.Runtime.Tests.Router;

public class BackendSelectorTests
{
    private const double Below = 0.79;
    private const double Above = 0.81;

    /// <summary>The specification's own pseudo-code (week 14, "Intelligent Backend Selection"), with the boundaries of its nginx configuration.</summary>
    private static string SpecifiedBackend(int budgetMs, double jetsonLoad, double spotLoad) =>
        budgetMs >= 25 && jetsonLoad < 0.8 ? RouterFixtures.Jetson
        : spotLoad < 0.8 ? RouterFixtures.Spot
        : budgetMs >= 50 ? RouterFixtures.Lambda
        : RouterFixtures.OnDemand;

    [Theory]
    [InlineData(Below, Below)]
    [InlineData(Below, Above)]
    [InlineData(Above, Below)]
    [InlineData(Above, Above)]
    public void Select_SpecificationsLatenciesAndCosts_FollowsTheSpecifiedOrderForEveryBudget(double jetsonLoad, double spotLoad)
    {
        var router = new RouterFixtures();
        router.Load(RouterFixtures.Jetson, jetsonLoad);
        router.Load(RouterFixtures.Spot, spotLoad);

        for (var budget = 1; budget <= 300; budget++)
        {
            router.Select(budget).Backend!.Config.Name.Should().Be(SpecifiedBackend(budget, jetsonLoad, spotLoad), $"the budget is {budget} ms");
        }
    }

    [Fact]
    public void Select_MeasuredSlowerThanExpected_UsesTheMeasurement()
    {
        var router = new RouterFixtures();
        var heartbeat = new Heartbeat(router.Routing);
        heartbeat.Beat(router.Clock.Now, []);
        for (var i = 0; i < 100; i++)
        {
            router[RouterFixtures.Jetson].State.RecordLatency(70);
        }

        heartbeat.Beat(router.Clock.Now, []);

        router.Select(50).Backend!.Config.Name.Should().Be(RouterFixtures.Spot);
        router.Select(80).Backend!.Config.Name.Should().Be(RouterFixtures.Jetson);
    }

    [Fact]
    public void Select_RequestsHangWithoutAnAnswer_SeesItBeforeTheyEnd()
    {
        var router = new RouterFixtures();
        var jetson = router[RouterFixtures.Jetson].State;

        new Heartbeat(router.Routing).Beat(router.Clock.Now, [.. Enumerable.Repeat((jetson, 300.0), 5)]);

        router.Select(50).Backend!.Config.Name.Should().Be(RouterFixtures.Spot);
    }

    [Fact]
    public void Select_NothingFits_TakesTheFastestAndSaysSo()
    {
        var decision = new RouterFixtures().Select(5);

        decision.Backend!.Config.Name.Should().Be(RouterFixtures.Spot);
        decision.Reason.Should().Be(RouteReason.NoFit);
    }

    [Fact]
    public void Select_OnlyReserveLeft_UsesTheLeastLoadedThatFits()
    {
        var router = new RouterFixtures(RouterFixtures.Specification() with { Backends = [.. RouterFixtures.Specification().Backends.Take(2)] });
        router.Load(RouterFixtures.Jetson, 0.95);
        router.Load(RouterFixtures.Spot, 0.9);

        var decision = router.Select(50);

        decision.Backend!.Config.Name.Should().Be(RouterFixtures.Spot);
        decision.Reason.Should().Be(RouteReason.Headroom);
    }

    [Fact]
    public void Select_EverythingFull_IsOverloaded()
    {
        var router = new RouterFixtures(RouterFixtures.Specification() with { Backends = [.. RouterFixtures.Specification().Backends.Take(2)] });
        router.Load(RouterFixtures.Jetson, 1);
        router.Load(RouterFixtures.Spot, 1.2);

        router.Select(50).Should().Be(new RouteDecision(null, RouteReason.Overloaded));
    }

    [Fact]
    public void Select_EveryAddressEjected_TriesOneAsTheLastResort()
    {
        var router = new RouterFixtures(RouterFixtures.Specification() with { Backends = [.. RouterFixtures.Specification().Backends.Take(1)] });
        router.EjectAll(RouterFixtures.Jetson);

        router.Select(50).Reason.Should().Be(RouteReason.LastResort);
    }

    [Fact]
    public void Select_GeneratedStates_NeverPicksAnUnreadyOrFullOrExcludedBackend()
    {
        var random = new Random(20_260_101);
        var names = new[] { RouterFixtures.Jetson, RouterFixtures.Spot, RouterFixtures.Lambda, RouterFixtures.OnDemand };
        for (var round = 0; round < 2_000; round++)
        {
            var router = new RouterFixtures();
            foreach (var name in names.Where(_ => random.Next(4) == 0))
            {
                router.EjectAll(name);
            }

            router.Load(RouterFixtures.Jetson, random.NextDouble() * 1.3);
            router.Load(RouterFixtures.Spot, random.NextDouble() * 1.3);
            var excluded = random.Next(3) == 0 ? names[random.Next(4)] : null;
            var budget = random.Next(1, 120);

            var decision = router.Select(budget, excluded);

            AssertLawful(router, decision, budget, excluded);
        }
    }

    private static void AssertLawful(RouterFixtures router, RouteDecision decision, int budget, string? excluded)
    {
        if (decision.Backend is not { } chosen)
        {
            return;
        }

        chosen.Config.Name.Should().NotBe(excluded);
        if (decision.Reason == RouteReason.LastResort)
        {
            return;
        }

        var now = router.Clock.Now;
        chosen.State.Ready.Addresses.Should().NotBeEmpty();
        chosen.State.LoadRps(now).Should().BeLessThan(chosen.State.Ready.CapacityRps);
        if (decision.Reason != RouteReason.Cheapest)
        {
            return;
        }

        var cheaper = router.Model.Backends.Where(other => other.Index < chosen.Index && other.Config.Name != excluded
            && other.State.Ready.Addresses.Length > 0 && other.State.FitMs <= budget
            && other.State.LoadRps(now) < 0.8 * other.State.Ready.CapacityRps);
        cheaper.Should().BeEmpty("the cheapest that fits and has room is chosen");
        chosen.State.FitMs.Should().BeLessThanOrEqualTo(budget);
    }
}
