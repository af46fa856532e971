using System.Text;
using AkiDb.Infra.Costs.Prices;

namespace AkiDb.Infra.Tests.Costs;

public sealed class PriceBookTests
{
    private const string Sources = """{ "page": { "text": "a page", "effective": "2026-01-02", "confidence": "quoted" } }""";

    [Theory]
    [InlineData("ec2.onDemand.c7g.2xlarge", "us-east-1", "0.29")]
    [InlineData("ec2.onDemand.c7g.2xlarge", "eu-central-1", "0.3298")]
    [InlineData("ec2.onDemand.c7g.2xlarge", "ap-northeast-1", "0.3638")]
    [InlineData("vpc.nat.hour", "ap-northeast-1", "0.062")]
    [InlineData("xray.recorded", "us-east-1", "5")]
    [InlineData("lambda.edge.gbSecond", "us-east-1", "0.00005001")]
    [InlineData("cloudfront.plan.business", null, "200")]
    public void Find_KnownPrice_IsTheDocumentedOneToTheLastDigit(string id, string? region, string usd) =>
        PriceBook.Default.Find(id, region)!.FirstUsd.Should().Be(decimal.Parse(usd));

    [Fact]
    public void Find_TypeNotSoldInRegion_IsUnknown() =>
        PriceBook.Default.Find("ec2.onDemand.c7gn.2xlarge", "eu-central-1").Should().BeNull();

    [Fact]
    public void Default_EveryPrice_SaysWhatWhereAndSinceWhen() => PriceBook.Default.Prices.Should().NotBeEmpty().And.OnlyContain(price =>
        price.What.Length > 0 && price.Unit.Length > 0 && price.Source.Text.Length > 0 && price.Source.Effective.Year >= 2018 && price.FirstUsd > 0);

    [Theory]
    [InlineData("""{ "id": "a.b", "what": "w", "unit": "hour", "source": "page", "usd": { "r": 0 } }""", "must be above 0")]
    [InlineData("""{ "id": "a.b", "what": "w", "unit": "hour", "source": "page", "usd": { "r": [[10, 1]] } }""", "last tier")]
    [InlineData("""{ "id": "a.b", "what": "w", "unit": "hour", "source": "page", "usd": { "r": [[10, 1], [5, 2], [null, 3]] } }""", "rising order")]
    [InlineData("""{ "id": "a.b", "what": "w", "unit": "hour", "source": "nowhere", "usd": { "r": 1 } }""", "names the source 'nowhere'")]
    [InlineData("""{ "id": "a.b", "what": "w", "unit": "hour", "per": 0, "source": "page", "usd": { "r": 1 } }""", "per 0")]
    [InlineData("""{ "id": "a.b", "what": "", "unit": "hour", "source": "page", "usd": { "r": 1 } }""", "'what' is empty")]
    [InlineData("""{ "id": "a.b", "what": "w", "unit": "hour", "allowance": "gone", "source": "page", "usd": { "r": 1 } }""", "no allowance 'gone'")]
    [InlineData("""{ "id": "a.b", "what": "w", "unit": "h", "source": "page", "usd": { "r": 1 } }, { "id": "a.b", "what": "w", "unit": "h", "source": "page", "usd": { "r": 2 } }""", "comes twice")]
    public void Load_BrokenPrice_NamesFileAndFault(string price, string expected) =>
        FluentActions.Invoking(() => Load($$"""{ "sources": {{Sources}}, "prices": [ {{price}} ] }"""))
            .Should().Throw<PriceBookException>().WithMessage($"*{expected}*");

    [Fact]
    public void Load_TwoFaults_NamesBoth()
    {
        var load = () => Load($$"""{ "sources": {{Sources}}, "prices": [ { "id": "a", "what": "w", "unit": "h", "source": "page", "usd": { "r": 0, "s": -1 } } ] }""");

        load.Should().Throw<PriceBookException>().Which.Faults.Should().HaveCount(2);
    }

    [Fact]
    public void With_FresherPrice_TakesItsPlace()
    {
        var old = PriceBook.Default.Find("vpc.nat.hour", "us-east-1")!;

        PriceBook.Default.With([old with { Tiers = [new PriceTier(null, 0.05m)] }]).Find("vpc.nat.hour", "us-east-1")!.FirstUsd.Should().Be(0.05m);
    }

    private static PriceBook Load(string json) => PriceBook.Load([("test.json", new MemoryStream(Encoding.UTF8.GetBytes(json)))]);
}
