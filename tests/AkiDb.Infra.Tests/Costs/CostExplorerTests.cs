using System.Collections.Immutable;
using System.Text.Json;
using AkiDb.Infra.Costs.Actuals;
using AkiDb.Infra.Costs.Aws;
using AkiDb.Infra.Costs.Estimates;
using AkiDb.Infra.Costs.Prices;
using AkiDb.Infra.Costs.Refresh;
using AkiDb.Infra.Costs.Specification;
using Amazon.Runtime;

namespace AkiDb.Infra.Tests.Costs;

/// <summary>The clients of AWS' cost APIs against a local server that answers in the documented shapes.</summary>
public sealed class CostExplorerTests
{
    private const string Throttled = """{ "__type": "com.amazonaws.ce#LimitExceededException", "message": "Rate exceeded" }""";

    private static readonly DateOnly From = new(2026, 11, 15);
    private static readonly DateOnly To = new(2026, 11, 17);

    [Fact]
    public async Task GetCost_TwoPages_AreOneAnswerAndTwoCents()
    {
        await using var server = await AwsServer.StartAsync(
            (200, Page("2026-11-15", "AWS Lambda", "us-east-1", "1.23", "more")),
            (200, Page("2026-11-16", "AWS Lambda", "us-east-1", "0.0000000125", null)));
        var explorer = new CostExplorerClient(server.Client("ce"));

        var costs = await explorer.GetCostAsync(From, To, "prod", ["SERVICE", "REGION"], default);

        costs.Select(cost => (cost.Day, cost.Usd)).Should().Equal((From, 1.23m), (From.AddDays(1), 0.0000000125m));
        costs[0].Keys.Should().Equal("AWS Lambda", "us-east-1");
        explorer.SpentUsd.Should().Be(0.02m);
        using var second = JsonDocument.Parse(server.Requests.Last().Body);
        second.RootElement.GetProperty("NextPageToken").GetString().Should().Be("more");
    }

    [Fact]
    public async Task GetCost_Request_HasTheDocumentedShape()
    {
        await using var server = await AwsServer.StartAsync((200, Page("2026-11-15", "AWS Lambda", "env$", "1", null)));

        var costs = await new CostExplorerClient(server.Client("ce")).GetCostAsync(From, To, "prod", ["SERVICE", "tag:component"], default);

        var request = server.Requests.Single();
        request.Target.Should().Be("AWSInsightsIndexService.GetCostAndUsage");
        request.ContentType.Should().Be("application/x-amz-json-1.1");
        request.Authorization.Should().StartWith("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/").And.Contain("/us-east-1/ce/aws4_request, SignedHeaders=content-type;host;x-amz-date;x-amz-target");
        using var body = JsonDocument.Parse(request.Body);
        body.RootElement.GetProperty("TimePeriod").GetProperty("End").GetString().Should().Be("2026-11-17", "the end is exclusive");
        body.RootElement.GetProperty("Metrics")[0].GetString().Should().Be("UnblendedCost");
        request.Body.Should().Contain("\"RECORD_TYPE\"").And.Contain("\"Credit\"").And.Contain("""{"Type":"TAG","Key":"component"}""");
        costs.Single().Keys[1].Should().Be("untagged");
    }

    [Fact]
    public async Task GetCost_Throttled_TriesAgainAndPaysOnce()
    {
        await using var server = await AwsServer.StartAsync((400, Throttled), (503, "busy"), (200, Page("2026-11-15", "AWS Lambda", "r", "1", null)));
        var explorer = new CostExplorerClient(server.Client("ce"));

        (await explorer.GetCostAsync(From, To, null, ["SERVICE"], default)).Should().HaveCount(1);
        server.Requests.Should().HaveCount(3);
        explorer.SpentUsd.Should().Be(0.01m);
    }

    [Fact]
    public async Task GetCost_ThrottledForEver_GivesUp()
    {
        await using var server = await AwsServer.StartAsync((400, Throttled));

        var ask = () => new CostExplorerClient(server.Client("ce")).GetCostAsync(From, To, null, ["SERVICE"], default);

        (await ask.Should().ThrowAsync<AwsApiException>()).Which.Code.Should().Be("LimitExceededException");
        server.Requests.Should().HaveCount(AwsApiClient.MaxAttempts);
    }

    [Fact]
    public async Task GetCost_ExpiredCredentials_SaysToSignInAndDoesNotTryAgain()
    {
        await using var server = await AwsServer.StartAsync((400, """{ "__type": "ExpiredTokenException", "message": "The security token included in the request is expired" }"""));

        var ask = () => new CostExplorerClient(server.Client("ce")).GetCostAsync(From, To, null, ["SERVICE"], default);

        (await ask.Should().ThrowAsync<AwsApiException>()).Which.Message.Should().Contain("aws sso login");
        server.Requests.Should().HaveCount(1);
    }

    [Fact]
    public async Task GetCost_PageThatNamesItselfAsTheNext_IsReadOnce()
    {
        await using var server = await AwsServer.StartAsync((200, Page("2026-11-15", "AWS Lambda", "r", "1", "again")));

        (await new CostExplorerClient(server.Client("ce")).GetCostAsync(From, To, null, ["SERVICE"], default)).Should().HaveCount(2);
        server.Requests.Should().HaveCount(2);
    }

    [Fact]
    public async Task GetCost_AnswerOfAnotherShape_SaysSo()
    {
        await using var server = await AwsServer.StartAsync((200, """{ "Results": [] }"""));

        var ask = () => new CostExplorerClient(server.Client("ce")).GetCostAsync(From, To, null, ["SERVICE"], default);

        await ask.Should().ThrowAsync<FormatException>().WithMessage("*GetCostAndUsage*documented shape*");
    }

    [Fact]
    public async Task GetForecast_Days_AreAddedUp()
    {
        await using var server = await AwsServer.StartAsync((200, """
            { "Total": { "Amount": "7", "Unit": "USD" }, "ForecastResultsByTime": [
              { "MeanValue": "3", "PredictionIntervalLowerBound": "2", "PredictionIntervalUpperBound": "4" },
              { "MeanValue": "4", "PredictionIntervalLowerBound": "3", "PredictionIntervalUpperBound": "6" } ] }
            """));

        (await new CostExplorerClient(server.Client("ce")).GetForecastAsync(From, To, "prod", default)).Should().Be(new CostForecast(7, 5, 10));
    }

    [Fact]
    public async Task GetForecast_YoungAccount_HasNone()
    {
        await using var server = await AwsServer.StartAsync((400, """{ "__type": "DataUnavailableException", "message": "no data" }"""));

        (await new CostExplorerClient(server.Client("ce")).GetForecastAsync(From, To, null, default)).Should().BeNull();
    }

    [Fact]
    public async Task GetAnomalies_Answer_IsRead()
    {
        await using var server = await AwsServer.StartAsync((200, """
            { "Anomalies": [ { "AnomalyId": "1", "AnomalyStartDate": "2026-11-15T00:00:00Z", "RootCauses": [ { "Service": "AWS Lambda", "Region": "us-east-1" } ],
              "Impact": { "MaxImpact": 5, "TotalImpact": 12.5 } } ] }
            """));

        (await new CostExplorerClient(server.Client("ce")).GetAnomaliesAsync(From, To, default)).Should().Equal(new CostAnomaly(From, "AWS Lambda", "us-east-1", 12.5m));
    }

    [Fact]
    public async Task Cache_SameQueryOnTheSameDay_AsksOnce()
    {
        var folder = Directory.CreateTempSubdirectory("akidb-cost-");
        var asked = 0;
        Task<ImmutableArray<ActualCost>> Ask()
        {
            asked++;
            return Task.FromResult<ImmutableArray<ActualCost>>([new ActualCost(From, ["AWS Lambda"], 1.5m, true)]);
        }

        try
        {
            var cache = new ActualCache(folder.FullName);
            await cache.GetAsync("query", To, Ask);
            var again = await cache.GetAsync("query", To, Ask);
            await cache.GetAsync("query", To.AddDays(1), Ask);

            asked.Should().Be(2);
            again.Single().Usd.Should().Be(1.5m);
            again.Single().Keys.Should().Equal("AWS Lambda");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void Variance_NatAndVolumes_StandUnderEc2OtherAndEstimatedDaysDoNotCount()
    {
        var estimate = new CostEstimator(PriceBook.Default).Estimate(SpecificationPlan.Create(), SpecificationPlan.Usage(100_000_000));
        ActualCost[] actual = [new(From, ["EC2 - Other"], 12, false), new(From.AddDays(1), ["EC2 - Other"], 8, false), new(To, ["EC2 - Other"], 0.5m, true)];

        var other = Variance.Of(estimate, actual).Single(entry => entry.Service == "EC2 - Other");

        other.ActualUsd.Should().Be(10);
        // NAT 131.97 and volumes 67.80 a month.
        other.EstimatedUsd.Should().BeApproximately((131.97m + 67.80m) / (730m / 24), 0.01m);
    }

    [Fact]
    public void Sign_AwsTestSuite_PostVanilla_HasTheSuitesSignature()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "https://example.amazonaws.com/");

        SignatureV4.Sign(request, [], "", "us-east-1", "service", new ImmutableCredentials("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", null),
            new DateTimeOffset(2015, 8, 30, 12, 36, 0, TimeSpan.Zero));

        request.Headers.GetValues("Authorization").Single().Should().Be("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, "
            + "SignedHeaders=host;x-amz-date, Signature=5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b");
    }

    [Fact]
    public async Task PriceList_Product_GivesThePriceAndAnEmptyListGivesNone()
    {
        var product = JsonSerializer.Serialize("""
            { "product": { "attributes": { "instanceType": "c7g.large" } }, "terms": { "OnDemand": { "A.B": { "priceDimensions": {
              "A.B.0": { "unit": "Hrs", "pricePerUnit": { "USD": "0.0000000000" } }, "A.B.1": { "unit": "Hrs", "pricePerUnit": { "USD": "0.0725000000" } } } } } } }
            """);
        await using var server = await AwsServer.StartAsync((200, $$"""{ "FormatVersion": "aws_v1", "PriceList": [ {{product}} ] }"""), (200, """{ "PriceList": [] }"""));
        var client = new PriceListClient(server.Client("pricing"), TimeProvider.System);

        (await client.GetOnDemandAsync("c7g.large", "us-east-1", default))!.FirstUsd.Should().Be(0.0725m);
        (await client.GetOnDemandAsync("c7gn.large", "eu-central-1", default)).Should().BeNull();
        server.Requests.First().Target.Should().Be("AWSPriceListService.GetProducts");
        server.Requests.First().Body.Should().Contain("""{"Type":"TERM_MATCH","Field":"instanceType","Value":"c7g.large"}""");
    }

    [Fact]
    public async Task SpotHistory_TwoPages_BecomeATimeWeightedBand()
    {
        await using var server = await AwsServer.StartAsync(
            (200, Spot(("us-east-1a", "0.02", "2026-11-14T00:00:00.000Z"), "next")),
            (200, Spot(("us-east-1a", "0.06", "2026-11-16T12:00:00.000Z"), "")));
        var (from, to) = (new DateTimeOffset(2026, 11, 15, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(2026, 11, 17, 0, 0, 0, TimeSpan.Zero));

        var points = await new SpotHistoryClient(server.Client("ec2")).GetAsync(["c7g.large"], from, to, default);
        var band = SpotPriceBand.Of(points, from, to).Single();

        // 36 hours at 0.02, of which those before the start do not count, then 12 at 0.06.
        band.MeanUsd.Should().Be(((36 * 0.02m) + (12 * 0.06m)) / 48);
        (band.P10Usd, band.P90Usd).Should().Be((0.02m, 0.06m));
        server.Requests.First().Body.Should().Contain("Action=DescribeSpotPriceHistory").And.Contain("InstanceType.1=c7g.large");
        server.Requests.Last().Body.Should().Contain("NextToken=next");
    }

    [Fact]
    public async Task SpotHistory_Refused_GivesEc2sCode()
    {
        await using var server = await AwsServer.StartAsync((403, "<Response><Errors><Error><Code>UnauthorizedOperation</Code><Message>no</Message></Error></Errors></Response>"));

        var ask = () => new SpotHistoryClient(server.Client("ec2")).GetAsync(["c7g.large"], DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch, default);

        (await ask.Should().ThrowAsync<AwsApiException>()).Which.Code.Should().Be("UnauthorizedOperation");
    }

    private static string Page(string day, string service, string second, string usd, string? next) => JsonSerializer.Serialize(new
    {
        NextPageToken = next,
        GroupDefinitions = Array.Empty<object>(),
        ResultsByTime = new[]
        {
            new
            {
                TimePeriod = new { Start = day, End = day },
                Total = new { },
                Groups = new[] { new { Keys = new[] { service, second }, Metrics = new { UnblendedCost = new { Amount = usd, Unit = "USD" } } } },
                Estimated = false,
            },
        },
    });

    private static string Spot((string Zone, string Usd, string Since) item, string next) => $"""
        <DescribeSpotPriceHistoryResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><spotPriceHistorySet><item><instanceType>c7g.large</instanceType>
        <productDescription>Linux/UNIX</productDescription><spotPrice>{item.Usd}</spotPrice><timestamp>{item.Since}</timestamp><availabilityZone>{item.Zone}</availabilityZone></item></spotPriceHistorySet>
        <nextToken>{next}</nextToken></DescribeSpotPriceHistoryResponse>
        """;
}
