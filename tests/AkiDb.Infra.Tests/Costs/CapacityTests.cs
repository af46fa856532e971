using System.Collections.Immutable;
using System.Diagnostics;
using AkiDb.Contracts;
using AkiDb.Infra.Costs.Capacity;
using AkiDb.Infra.Costs.Prices;
using AkiDb.Infra.Costs.Usage;
using AkiDb.TestKit;
using Xunit.Abstractions;

namespace AkiDb.Infra.Tests.Costs;

public sealed class CapacityTests(ITestOutputHelper output)
{
    private const string Region = "us-east-1";

    private static readonly NodePool OnDemand = new()
    {
        Name = "on-demand",
        Requirements = [new Requirement("karpenter.k8s.aws/instance-family", "In", ["c7g", "m7g", "r7g"]), new Requirement("karpenter.k8s.aws/instance-size", "In", ["large", "xlarge", "2xlarge"])],
    };

    [Theory]
    [InlineData(0, 2)]
    [InlineData(560, 2)]
    [InlineData(560.1, 3)]
    [InlineData(5_600, 20)]
    [InlineData(1e9, 20)]
    [InlineData(double.NaN, 20)]
    [InlineData(double.PositiveInfinity, 20)]
    public void ReplicaRule_Load_GivesTheSpecificationsReplicas(double load, int replicas) => ReplicaRule.Default.ReplicasFor(load).Should().Be(replicas);

    [Fact]
    public void ReplicaRule_MoreLoad_NeverGivesFewerReplicas() =>
        Enumerable.Range(0, 700).Select(load => ReplicaRule.Default.ReplicasFor(load * 10)).Should().BeInAscendingOrder();

    [Fact]
    public void Allocatable_Machine_LosesWhatKubeletAndHypervisorKeep() =>
        // 2 vCPU: 60m + 10m reserved; 8 GiB: 7.5 %, 255 + 11 × 29 MiB, 100 MiB.
        InstanceType.All.Single(type => type.Name == "m7g.large").Allocatable.Should().Be(new PodSize(1_930, 7_577 - 255 - 319 - 100));

    [Theory]
    [InlineData("In", "c7g", true)]
    [InlineData("NotIn", "c7g", false)]
    [InlineData("Exists", "", true)]
    public void Requirement_OnFamily_IsMet(string @operator, string value, bool expected) =>
        new Requirement("karpenter.k8s.aws/instance-family", @operator, [value]).IsMetBy("c7g").Should().Be(expected);

    [Fact]
    public void Requirement_GenerationAboveSix_LeavesOutTheSpecificationsOwnTypes()
    {
        var pool = new NodePool { Name = "spec", Requirements = [new Requirement("karpenter.k8s.aws/instance-generation", "Gt", ["6"])] };

        InstanceType.All.Where(type => type.Family is "c6g" or "c6gn").Should().NotBeEmpty().And.OnlyContain(type => !pool.Allows(type));
    }

    [Fact]
    public void Pick_Spot_PrefersDeepPoolsOverCheapOnes()
    {
        var cheap = OfferOf("m7g.large", 0.01m, bucket: 4);
        var deep = OfferOf("c7g.large", 0.03m, bucket: 0);
        var next = OfferOf("r7g.large", 0.02m, bucket: 1);

        Offer.Pick([cheap, deep, next]).Should().BeSameAs(next);

        static Offer OfferOf(string type, decimal usd, int bucket)
        {
            var price = PriceBook.Default.Find($"ec2.onDemand.{type}", Region)! with { Tiers = [new PriceTier(null, usd)] };
            return new Offer(InstanceType.All.Single(entry => entry.Name == type), true, price, price, bucket, new PodSize(1_000, 1_000));
        }
    }

    [Fact]
    public void Packing_SmallCases_IsNeverBelowTheOptimumAndStaysNearIt()
    {
        var random = new Random(5);
        var gaps = new List<decimal>();
        for (var trial = 0; trial < 150; trial++)
        {
            var pods = RandomPods(random, random.Next(1, 7));
            var (cluster, offers) = Pack(pods);

            var found = cluster.Nodes.Sum(node => node.Offer.UsdPerHour);
            var best = Optimum([.. pods.Select(pod => pod.Size)], offers);
            found.Should().BeGreaterThanOrEqualTo(best);
            PackingBound.UsdPerHour(Sum(pods), offers).Should().BeLessThanOrEqualTo(best * 1.0000001m);
            gaps.Add((found / best) - 1);
        }

        output.WriteLine($"gap to the optimum over {gaps.Count} cases: mean {gaps.Average():0.0 %}, worst {gaps.Max():0.0 %}, none in {gaps.Count(gap => gap == 0)}");
        gaps.Average().Should().BeLessThan(0.15m);
    }

    [Fact]
    public void Packing_LargeCases_HoldsEveryRuleAndTellsItsGapToTheBound()
    {
        var random = new Random(9);
        foreach (var count in new[] { 20, 50, 100, 200 })
        {
            var pods = RandomPods(random, count);
            var (cluster, offers) = Pack(pods);

            cluster.Unplaced.Should().BeEmpty();
            cluster.Nodes.Sum(node => node.Pods.Count).Should().Be(count);
            cluster.Nodes.Should().OnlyContain(node => node.Used.FitsIn(node.Offer.Room) && node.Pods.Count <= node.Offer.Type.MaxPods);
            var (found, bound) = (cluster.Nodes.Sum(node => node.Offer.UsdPerHour), PackingBound.UsdPerHour(Sum(pods), offers));
            found.Should().BeGreaterThanOrEqualTo(bound);
            output.WriteLine($"{count} pods: ${found:0.000} an hour, bound ${bound:0.000}, gap {(found / bound) - 1:0.0 %}");
            (found / bound).Should().BeLessThan(1.35m);
        }
    }

    [Fact]
    public void Packing_SpreadPods_KeepsDomainsWithinOne()
    {
        var pool = OnDemand with { Domains = ["spot-1", "spot-2", "on-demand-1"] };
        var offers = OffersOf(pool);
        var cluster = new ClusterState([(pool, offers)], []);
        var pod = new Pod("rest", new PodSize(500, 2_048)) { Spreads = true };
        var random = new Random(2);
        var pods = 0;
        for (var step = 0; step < 300; step++)
        {
            var change = random.Next(-4, 5);
            if (change > 0)
                cluster.Add(Enumerable.Repeat(pod, change));
            for (var removed = 0; removed < Math.Min(-change, pods); removed++)
                cluster.RemoveOne("rest");
            pods = cluster.Count("rest");
            while (Consolidation.Step(cluster, emptyOnly: false))
            {
            }

            cluster.Count("rest").Should().Be(pods, "consolidation moves pods and loses none");
            var domains = pool.Domains.Select(domain => cluster.Nodes.Where(node => node.Domain == domain).Sum(node => node.Pods.Count)).ToList();
            (domains.Max() - domains.Min()).Should().BeLessThanOrEqualTo(1);
            cluster.Nodes.Where(node => node.Pods.Count == 0 || !node.Used.FitsIn(node.Offer.Room)).Should().BeEmpty();
        }
    }

    [Fact]
    public void Packing_CpuLimit_LeavesPodsWaiting()
    {
        var pool = OnDemand with { CpuLimit = 4 };
        var cluster = new ClusterState([(pool, OffersOf(pool))], []);

        cluster.Add(Enumerable.Repeat(new Pod("rest", new PodSize(1_500, 1_024)), 5));

        cluster.Nodes.Sum(node => node.Offer.Type.VCpu).Should().BeLessThanOrEqualTo(4);
        cluster.Unplaced.Should().HaveCount(5 - cluster.Count("rest"));
    }

    [Fact]
    public void Simulation_LoadThatFalls_GivesNodesBack()
    {
        var model = Model(replicas: 2);
        var result = new ClusterSimulation(model, PriceBook.Default).Run(minute => minute / 60 % 24 < 12 ? 2_800 : 0);

        result.Replicas.Should().Be((2, 10));
        result.UsdByHour[6].Should().BeGreaterThan(result.UsdByHour[18] * 1.5m);
        result.UnplacedPods.Should().Be(0);
    }

    [Theory]
    [InlineData(6, 6, 1)]
    [InlineData(20, 10, 0)]
    public void Simulation_LoadAboveTheBound_StopsAtTheBoundAndSaysSo(int most, int expected, int notes)
    {
        var model = Model(replicas: 2);
        model = model with { Workloads = [model.Workloads[0] with { MaxReplicas = most }] };

        var result = new ClusterSimulation(model, PriceBook.Default).Run(_ => 2_800);

        result.Replicas.Most.Should().Be(expected);
        result.Notes.Where(note => note.Contains("2,800 requests/s needs more than the 6 replicas", StringComparison.Ordinal)).Should().HaveCount(notes);
    }

    [Fact]
    public void Simulation_BoundOfThePlan_IsTheAutoscalers()
    {
        var rest = PlanOf.Resource("kubernetes:apps/v1:Deployment", ServiceNames.SearchEngine, Region, ("metadata", PlanOf.Map(("name", PlanOf.Text(ServiceNames.SearchEngine)))));
        var bounds = PlanOf.Resource("kubernetes:core/v1:ConfigMap", "switch", Region,
            ("metadata", PlanOf.Map(("name", PlanOf.Text(ServiceNames.PredictiveAutoscaler)))),
            ("data", PlanOf.Map(("maxReplicas", PlanOf.Text("7")))));

        var model = new ClusterModelReader(PlanOf.Resources(rest, bounds), UsageOf.Values()).Read(Region);

        model.Workloads.Single(workload => workload.IsScaled).MaxReplicas.Should().Be(7);
    }

    [Fact]
    public void Simulation_PeakWindow_KeepsNodesLonger()
    {
        static double Load(int minute) => minute / 60 % 24 < 10 ? 2_800 : 0;
        var free = new ClusterSimulation(Model(2), PriceBook.Default).Run(Load);
        var held = new ClusterSimulation(Model(2) with { Windows = [new DisruptionWindow(0, 4, 9, 9)] }, PriceBook.Default).Run(Load);

        held.TotalHours.Should().BeGreaterThanOrEqualTo(free.TotalHours);
    }

    [Fact]
    public void Simulation_TypeThatIsSoldAndNotPriced_IsSaid()
    {
        var book = PriceBook.Default.Without("ec2.onDemand.c7g.large", Region);

        new ClusterSimulation(Model(2), book).Run(_ => 100).MissingPrices.Should().Equal("ec2.onDemand.c7g.large");
    }

    [Fact]
    public void Simulation_MonthAtOneMinuteSteps_TellsItsTime()
    {
        // The bar is 2 s; a test under load asserts nothing about time and prints it.
        using var text = File.OpenText(RepositoryFolder.At("stacks", "AkiDb.Infra.Stacks", "usage", "prod.yaml"));
        var curve = TrafficCurve.Of(UsageFile.Read(text, "prod").Profile("1555m"))!;
        var watch = Stopwatch.StartNew();

        var result = new ClusterSimulation(Model(2), PriceBook.Default).Run(curve.At);

        output.WriteLine($"{ClusterSimulation.Minutes:#,0} minutes in {watch.Elapsed.TotalMilliseconds:0.0} ms, {result.TotalHours:0} node hours");
        result.TotalHours.Should().BeGreaterThan(0);
    }

    private static ClusterModel Model(int replicas) => new()
    {
        Region = Region,
        Pools = [OnDemand],
        Workloads = [new Workload("rest", new Pod("rest", new PodSize(500, 2_048)), replicas) { IsScaled = true }],
        DaemonSets = new PodSize(190, 150),
    };

    private static (ClusterState Cluster, ImmutableArray<Offer> Offers) Pack(List<Pod> pods)
    {
        var offers = OffersOf(OnDemand);
        var cluster = new ClusterState([(OnDemand, offers)], []);
        cluster.Add(pods);
        while (Consolidation.Step(cluster, emptyOnly: false))
        {
        }

        return (cluster, offers);
    }

    private static ImmutableArray<Offer> OffersOf(NodePool pool) =>
    [
        .. InstanceType.All.Where(pool.Allows).Select(type =>
        {
            var price = PriceBook.Default.Find($"ec2.onDemand.{type.Name}", Region)!;
            return new Offer(type, false, price, price, 0, type.Allocatable - new PodSize(190, 150));
        }),
    ];

    private static List<Pod> RandomPods(Random random, int count) =>
        [.. Enumerable.Range(0, count).Select(index => new Pod($"app-{index}", new PodSize(random.Next(1, 16) * 100, random.Next(1, 24) * 256)))];

    private static PodSize Sum(IEnumerable<Pod> pods) => pods.Aggregate(default(PodSize), (sum, pod) => sum + pod.Size);

    // Every way to split the pods into groups, each group on its cheapest fitting type.
    private static decimal Optimum(ImmutableArray<PodSize> pods, ImmutableArray<Offer> offers)
    {
        return Place(0, []);

        decimal Place(int index, List<PodSize> groups)
        {
            if (index == pods.Length)
                return groups.Sum(group => Cheapest(group)!.Value);
            var best = decimal.MaxValue;
            for (var group = 0; group <= groups.Count; group++)
            {
                var next = groups.ToList();
                if (group == groups.Count)
                    next.Add(pods[index]);
                else
                    next[group] += pods[index];
                if (Cheapest(next[group]) is not null)
                    best = Math.Min(best, Place(index + 1, next));
            }

            return best;
        }

        decimal? Cheapest(PodSize size) => offers.Where(offer => size.FitsIn(offer.Room)).Select(offer => (decimal?)offer.UsdPerHour).Min();
    }
}
