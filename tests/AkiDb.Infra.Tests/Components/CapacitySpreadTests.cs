using AkiDb.Infra.Components.Autoscaling;

namespace AkiDb.Infra.Tests.Components;

public sealed class CapacitySpreadTests
{
    [Theory]
    [InlineData(0, 3, 0, 1)]
    [InlineData(30, 3, 1, 2)]
    [InlineData(50, 3, 1, 1)]
    [InlineData(70, 3, 2, 1)]
    [InlineData(100, 3, 1, 0)]
    // Two replicas cannot be split 70 to 30; a half is nearest.
    [InlineData(70, 2, 1, 1)]
    [InlineData(75, 10, 3, 1)]
    public void For_AStage_TakesTheFewestDomainsNearEnough(int percent, int replicas, int spot, int onDemand)
    {
        var spread = CapacitySpread.For(percent, replicas);

        (spread.SpotDomains.Length, spread.OnDemandDomains.Length).Should().Be((spot, onDemand));
    }

    [Fact]
    public void For_AnyRatioAndReplicas_IsNearAndNeverWantsMoreDomainsThanPods()
    {
        for (var percent = 0; percent <= 100; percent++)
        {
            for (var replicas = 1; replicas <= 30; replicas++)
            {
                var spread = CapacitySpread.For(percent, replicas);

                spread.DomainCount.Should().BeInRange(1, replicas, $"{percent} % of {replicas}");
                spread.SpotDomains.Concat(spread.OnDemandDomains).Should().OnlyHaveUniqueItems();
                // With ten domains every tenth is exact, so nothing is further than half of one away.
                if (replicas >= 10)
                    Math.Abs(spread.PlannedSpotPercent - percent).Should().BeLessThanOrEqualTo(CapacitySpread.TolerancePoints);
            }
        }
    }

    [Fact]
    public void For_AnyRatio_NoSmallerNumberOfDomainsWouldDo()
    {
        foreach (var percent in Enumerable.Range(0, 101))
        {
            var spread = CapacitySpread.For(percent, 20);
            for (var fewer = 1; fewer < spread.DomainCount; fewer++)
            {
                var nearest = Enumerable.Range(0, fewer + 1).Min(spot => Math.Abs((100.0 * spot / fewer) - percent));
                nearest.Should().BeGreaterThan(CapacitySpread.TolerancePoints, $"{percent} % with {fewer} domains");
            }
        }
    }

    [Fact]
    public void Schedule_AnyRatioAndReplicas_PlacesEveryPodWithinTheStatedRange()
    {
        var random = new Random(5);
        for (var round = 0; round < 2000; round++)
        {
            var least = random.Next(1, 12);
            var spread = CapacitySpread.For(random.Next(0, 101), least);
            var replicas = random.Next(least, 40);

            var pods = Schedule(spread, replicas, random);

            pods.Sum().Should().Be(replicas, "no pod may be left waiting");
            var spotPercent = 100.0 * pods.Take(spread.SpotDomains.Length).Sum() / replicas;
            var (low, high) = spread.SpotPercentRange(replicas);
            spotPercent.Should().BeInRange(low - 1e-9, high + 1e-9, $"{spread.WantedSpotPercent} % of {replicas} over {spread.DomainCount}");
        }
    }

    [Theory]
    [InlineData(-1, 3, "spotPercent is '-1'")]
    [InlineData(101, 3, "spotPercent is '101'")]
    [InlineData(50, 0, "leastReplicas is '0'")]
    public void For_OutOfRange_IsRefused(int percent, int replicas, string expected)
    {
        var make = () => CapacitySpread.For(percent, replicas);

        make.Should().Throw<ArgumentException>().Which.Message.Should().Contain(expected);
    }

    // kube-scheduler with maxSkew 1 and minDomains, nodes made on demand in every domain: a pod may go to any domain that
    // keeps the difference to the emptiest at 1.
    private static int[] Schedule(CapacitySpread spread, int replicas, Random random)
    {
        var pods = new int[spread.DomainCount];
        for (var pod = 0; pod < replicas; pod++)
        {
            var open = Enumerable.Range(0, pods.Length).Where(domain => pods[domain] + 1 - pods.Min() <= 1).ToList();
            if (open.Count == 0)
                break;
            pods[open[random.Next(open.Count)]]++;
        }

        return pods;
    }
}
