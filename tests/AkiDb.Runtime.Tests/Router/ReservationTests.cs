using AkiDb.Router.Routing;

namespace AkiDb.Runtime.Tests.Router;

public class ReservationTests
{
    private const double Unlimited = double.PositiveInfinity;

    [Fact]
    public void Plan_EnoughCheapCapacity_RestrictsNobody() =>
        Reservation.Plan([new(25, 1_320), new(14.5, 480), new(50, Unlimited), new(14.5, Unlimited)], [(30, 200), (100, 200)])
            .Should().BeNull();

    [Fact]
    public void Plan_ScarceFastCapacity_SendsPatientRequestsElsewhere()
    {
        // Spot (14.5 ms) is full twice over: patient requests can go to lambda for 4.2, impatient ones only to on-demand for 6.0.
        var plan = Reservation.Plan([new(14.5, 480), new(50, Unlimited), new(14.5, Unlimited)], [(20, 480), (100, 480)]);

        plan.Should().NotBeNull();
        plan!.SharesFor(20)[0].Should().BeApproximately(1, 1e-9);
        plan.SharesFor(100)[0].Should().BeApproximately(0, 1e-9);
        plan.SharesFor(100)[1].Should().BeApproximately(1, 1e-9);
    }

    [Fact]
    public void Plan_GeneratedDemand_CostsNoMoreThanAnyAssignmentFoundByExhaustiveSearch()
    {
        var random = new Random(11);
        for (var round = 0; round < 300; round++)
        {
            var latencies = new double[] { 10 * random.Next(1, 4), 10 * random.Next(1, 4), 10 };
            var costs = new[] { 1, 2 + random.Next(3), 9 };
            var rooms = new double[] { random.Next(0, 4), random.Next(0, 4), Unlimited };
            var demand = new[] { (BudgetMs: 15.0, Rps: (double)random.Next(1, 4)), (25.0, random.Next(1, 4)), (35.0, random.Next(1, 4)) };
            var offers = latencies.Zip(rooms, (latency, room) => new Reservation.Offer(latency, room)).ToArray();

            var plan = Reservation.Plan(offers, demand);

            var best = CheapestByExhaustion(latencies, costs, rooms, demand);
            if (plan is not null)
            {
                CostOf(plan, costs, demand).Should().BeApproximately(best, 1e-6);
            }
            else
            {
                CostOfCheapestFirst(latencies, costs, rooms, demand).Should().BeApproximately(best, 1e-6, "without a plan everyone has the cheapest that fits");
            }
        }
    }

    private static double CostOf(Reservation plan, int[] costs, (double BudgetMs, double Rps)[] demand)
    {
        var cost = 0.0;
        foreach (var (budget, rps) in demand)
        {
            var rest = rps;
            var shares = plan.SharesFor(budget);
            for (var b = 0; b < costs.Length; b++)
            {
                cost += rest * shares[b] * costs[b];
                rest -= rest * shares[b];
            }

            rest.Should().BeApproximately(0, 1e-6, "every request is placed");
        }

        return cost;
    }

    private static double CostOfCheapestFirst(double[] latencies, int[] costs, double[] rooms, (double BudgetMs, double Rps)[] demand) =>
        demand.Sum(one => one.Rps * costs[Enumerable.Range(0, costs.Length).First(b => rooms[b] > 0 && latencies[b] <= one.BudgetMs)]);

    // Demand is in whole requests, so one by one in every possible way.
    private static double CheapestByExhaustion(double[] latencies, int[] costs, double[] rooms, (double BudgetMs, double Rps)[] demand)
    {
        var requests = demand.SelectMany(one => Enumerable.Repeat(one.BudgetMs, (int)one.Rps)).ToArray();
        var left = rooms.ToArray();
        return Place(0);

        double Place(int i)
        {
            if (i == requests.Length)
            {
                return 0;
            }

            var best = double.PositiveInfinity;
            for (var b = 0; b < left.Length; b++)
            {
                if (latencies[b] <= requests[i] && left[b] >= 1)
                {
                    left[b]--;
                    best = Math.Min(best, costs[b] + Place(i + 1));
                    left[b]++;
                }
            }

            return best;
        }
    }
}
