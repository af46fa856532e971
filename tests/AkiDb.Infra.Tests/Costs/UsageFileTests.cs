using AkiDb.Infra.Costs.Usage;

namespace AkiDb.Infra.Tests.Costs;

public sealed class UsageFileTests
{
    [Fact]
    public void Curve_OfTheSpecification_ComesTo661MillionRequests() =>
        // Research §3.3: 302.1 requests a second on weekdays, 137.3 at the weekend.
        TrafficCurve.Of(UsageOf.Values(
            ("traffic.weekdayQps", "50,50,50,50,50,50,200,200,200,550,550,550,550,550,550,550,550,550,300,300,300,300,100,100"),
            ("traffic.weekendQps", "22.727,22.727,22.727,22.727,22.727,22.727,90.909,90.909,90.909,250,250,250,250,250,250,250,250,250,136.364,136.364,136.364,136.364,45.455,45.455")))!
            .RequestsPerMonth.Should().BeApproximately(661_000_000, 100_000);

    [Theory]
    [InlineData("100m", 100_000_000)]
    [InlineData("550m", 550_000_000)]
    [InlineData("spec-curve", 661_000_000)]
    [InlineData("1555m", 1_555_200_000)]
    public void Production_EveryScenario_HasItsVolumeAndTheSpecificationsShape(string scenario, long requests)
    {
        var curve = TrafficCurve.Of(UsageOf.Shipped("prod").Profile(scenario))!;

        curve.RequestsPerMonth.Should().BeApproximately(requests, 1);
        (curve.At(9 * 60) / curve.At(0)).Should().BeApproximately(11, 0.01, "550 is eleven times 50");
        curve.At(TrafficCurve.MinutesPerWeek + 600).Should().Be(curve.At(600));
    }

    [Theory]
    [InlineData("scenario: a\nusage: { traffic: { requestPerMonth: 5 } }\nscenarios: { a: {} }", "did you mean 'traffic.requestsPerMonth'")]
    [InlineData("scenario: b\nscenarios: { a: {} }", "names none of the scenarios: a")]
    [InlineData("scenario: a\nusage: { edge: { priceClass: 300 } }\nscenarios: { a: {} }", "one of 100, 200, All")]
    [InlineData("scenario: a\nusage: { tracing: { percent: 101 } }\nscenarios: { a: {} }", "from 0 to 100")]
    [InlineData("scenario: a\nusage: { tracing: { percent: } }\nscenarios: { a: {} }", "leave the key out")]
    [InlineData("scenario: a\nusage: { traffic: { weekdayQps: [1, 2] } }\nscenarios: { a: {} }", "a list of 24 numbers")]
    [InlineData("scenario: a\nusage: { traffic: { geography: { europe: 40 } } }\nscenarios: { a: {} }", "adds up to 40 percent")]
    [InlineData("scenario: a\nuse: {}\nscenarios: { a: {} }", "'use' (line 2)")]
    [InlineData("scenario: [", "it is not YAML")]
    public void Read_Fault_SaysWhatWouldBeRight(string yaml, string expected) =>
        FluentActions.Invoking(() => UsageFile.Read(new StringReader(yaml), "test.yaml")).Should().Throw<UsageException>().WithMessage($"*{expected}*");

    [Fact]
    public void Profile_UnknownScenario_ListsThoseThatAre() =>
        FluentActions.Invoking(() => UsageOf.Shipped("prod").Profile("nope")).Should().Throw<UsageException>().WithMessage("*100m, 550m, spec-curve, 1555m*");

    [Fact]
    public void Keys_EveryName_IsItsOwn() => UsageKeys.All.Select(key => key.Name).Should().OnlyHaveUniqueItems();
}
