using AkiDb.Router.Configuration;
using AkiDb.Router.Replay;

namespace AkiDb.Runtime.Tests.Router;

public class ReplayTests
{
    private const double Sample = 0.02;
    private const double PeakRps = 2_500;

    [Fact]
    public void Router_DisturbedDay_MissesAtMostTheAllowedBudgets_AndCostsLessThanTwoThirdsOfUniform()
    {
        var uniform = Run((_, backends) => new UniformPolicy(backends.Count));
        var router = Run((time, _) => new RouterPolicy("router", Scaled(), time, seed: 1));

        router.Requests.Should().Be(uniform.Requests).And.BeGreaterThan(500_000);
        router.MissedShare.Should().BeLessThanOrEqualTo(0.001);
        router.Refused.Should().Be(0);
        router.UsdPerMillion.Should().BeLessThan(uniform.UsdPerMillion * 2 / 3);
    }

    [Fact]
    public void StaticRule_DisturbedDay_MissesFarMoreThanTheRouter() =>
        Run((_, backends) => new StaticRulePolicy(backends)).MissedShare.Should().BeGreaterThan(0.01, "it does not notice that addresses are gone");

    [Fact]
    public void Trace_BusiestDay_IsFoundAndScaled()
    {
        var path = Path.GetTempFileName();
        File.WriteAllLines(path, ["timestamp,value", .. Enumerable.Range(0, 2 * TrafficDay.Minutes).Select(i => $"t{i},{(i < TrafficDay.Minutes ? 10 : 60)}")]);

        var day = TrafficDay.BusiestOf(path).ScaledTo(300);

        day.Name.Should().EndWith("day 2");
        day.Rps.Should().HaveCount(TrafficDay.Minutes).And.OnlyContain(rps => rps == 300);
    }

    [Theory]
    [InlineData("timestamp,value\nx,1\n", "*a day needs 1440*")]
    [InlineData("timestamp,value\nx,abc\n", "*:2 is 'x,abc'*")]
    [InlineData("timestamp,value\nx,-1\n", "*:2 is 'x,-1'*")]
    public void Trace_NotOne_SaysWhatIsWrong(string text, string message)
    {
        var path = Path.GetTempFileName();
        File.WriteAllText(path, text);

        FluentActions.Invoking(() => TrafficDay.BusiestOf(path)).Should().Throw<InvalidDataException>().WithMessage(message);
    }

    private static RouterConfig Scaled()
    {
        var config = RouterFixtures.Specification();
        return config with { Backends = [.. config.Backends.Select(backend => backend with { CapacityRps = backend.CapacityRps * Sample })] };
    }

    private static ReplayResult Run(Func<SimulatedTime, IReadOnlyList<SimulatedBackend>, IReplayPolicy> create)
    {
        var time = new SimulatedTime();
        var backends = RouterFixtures.Specification().Backends.Select(backend => new SimulatedBackend(backend, Sample)).ToList();
        Disturbance[] disturbances = [new(600, 720, 0, Alive: 0.6, ExtraNetworkMs: 0), new(840, 960, 1, Alive: 1, ExtraNetworkMs: 25)];
        return new ReplayRun(TrafficDay.Synthetic(1).ScaledTo(PeakRps), backends, create(time, backends), time, disturbances).Execute(Sample, seed: 1);
    }
}
