using System.Text.Json;
using AkiDb.Infra.Cli.Commands;
using AkiDb.Infra.Tests.Cli;
using AkiDb.TestKit;

namespace AkiDb.Infra.Tests.Costs;

public sealed class CostCommandTests
{
    [Theory]
    [InlineData("dev")]
    [InlineData("staging")]
    [InlineData("prod")]
    public async Task Cost_ShippedEnvironment_IsAsAccepted(string environment)
    {
        var result = await AkiDbProcess.RunAsync("cost", environment, "--tree");

        result.ExitCode.Should().Be(0);
        Golden.Check(string.Join('\n', result.Output.TrimEnd('\n').Split('\n').Select(line => line.TrimEnd())) + "\n", "Costs", "Goldens", $"cost-{environment}.txt");
    }

    [Fact]
    public async Task Cost_WhatIfOnASetting_MakesThePlanAnewAndShowsTheDifference()
    {
        var result = await AkiDbProcess.RunAsync("cost", "prod", "--what-if", "network.natGateways=one", "--what-if", "regions=2");

        result.ExitCode.Should().Be(0);
        result.Output.Should().Contain("- ap-northeast-1-network-nat-1: Gateway  -$45.26").And.Contain("- us-east-1-network-nat-2: Gateway  -$32.85");
    }

    [Fact]
    public async Task Cost_JsonTwice_GivesTheSameBytesAndTheScenarios()
    {
        var first = await AkiDbProcess.RunAsync("cost", "prod", "--json");

        first.Output.Should().Be((await AkiDbProcess.RunAsync("cost", "prod", "--json")).Output);
        using var json = JsonDocument.Parse(first.Output);
        json.RootElement.GetProperty("scenarios").EnumerateArray().Select(scenario => scenario.GetProperty("scenario").GetString())
            .Should().Equal("100m", "550m", "spec-curve", "1555m");
        json.RootElement.GetProperty("coverage").GetProperty("errors").GetInt32().Should().Be(0);
    }

    [Fact]
    public async Task Cost_Comment_OpensWithItsMarkerAndShowsTheDifference()
    {
        var result = await AkiDbProcess.RunAsync("cost", "staging", "--diff", "dev", "--github-comment");

        result.Output.Should().StartWith("<!-- akidb-cost -->").And.Contain("#### Monthly estimate up by $").And.Contain("```diff");
    }

    [Fact]
    public async Task Cost_PlanThatDoesNotHoldTheTraffic_SaysSoAndHoldsNothing()
    {
        var text = await AkiDbProcess.RunAsync("cost", "prod", "--what-if", "edge.plan=pro");
        var tree = await AkiDbProcess.RunAsync("cost", "prod", "--what-if", "edge.plan=pro", "--tree");
        var comment = await AkiDbProcess.RunAsync("cost", "prod", "--what-if", "edge.plan=pro", "--github-comment");

        text.ExitCode.Should().Be(1);
        text.Output.Should().MatchRegex("spec-curve .*no: plan pro does not hold it").And.Contain("on plan pro, which does not hold the traffic");
        new[] { text, tree, comment }.Should().OnlyContain(result => result.Output.Contains("holds 10 M requests and 50 TB, the traffic has 661 M", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Cost_WithoutTracingPagingAndBoards_BillsNoneOfThem()
    {
        var result = await AkiDbProcess.RunAsync("cost", "dev", "--tree", "--drivers");

        result.Output.Should().NotContain("Traces recorded").And.NotContain("PagerDuty").And.NotContain("Jetson").And.NotContain("tracing.percent")
            .And.Contain("0 that depend on usage");
    }

    [Theory]
    [InlineData("observability.monitoring=off")]
    [InlineData("alerting.notify=none")]
    [InlineData("costMonitoring.tool=none")]
    [InlineData("accessLogs.keepDays=30")]
    public async Task Cost_WhatIfOnAnyGroupOfSettings_IsTaken(string change)
    {
        var result = await AkiDbProcess.RunAsync("cost", "dev", "--what-if", change);

        result.Error.Should().NotContain("there is no usage key");
        result.ExitCode.Should().Be(0, result.Error);
    }

    [Fact]
    public async Task Cost_AgainstACheaperEnvironment_IsNoIncrease()
    {
        var result = await AkiDbProcess.RunAsync("cost", "prod", "--diff", "staging");

        result.ExitCode.Should().Be(0);
        result.Output.Should().Contain("Against staging").And.NotContain("increasePercent");
    }

    [Fact]
    public async Task CostAndPolicy_NoUsageFile_SayThatUsageIsMissing()
    {
        var root = Directory.CreateTempSubdirectory("akidb-test-");
        try
        {
            foreach (var name in new[] { "Pulumi.yaml", "Pulumi.dev.yaml" })
                File.Copy(RepositoryFolder.At(name), Path.Combine(root.FullName, name));

            var cost = await AkiDbProcess.RunInAsync(root.FullName, "cost", "dev");
            var policy = await AkiDbProcess.RunInAsync(root.FullName, "policy", "dev");

            cost.Output.Should().Contain("note there is no stacks/AkiDb.Infra.Stacks/usage/dev.yaml: what usage drives is not in the total");
            policy.Output.Should().Contain("there is no stacks/AkiDb.Infra.Stacks/usage/dev.yaml to estimate the cost by").And.NotContain("estimate is not known yet");
        }
        finally
        {
            root.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Cost_Html_IsOneFileThatNeedsNothingElse()
    {
        var file = Path.GetTempFileName();
        try
        {
            var result = await AkiDbProcess.RunAsync("cost", "prod", "--html", file);

            result.Error.Should().Contain($"wrote {file}\n");
            var page = await File.ReadAllTextAsync(file);
            page.Should().StartWith("<!doctype html>").And.Contain("<svg").And.NotContain("http://").And.NotContain("https://").And.NotContain("<script");
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Theory]
    [InlineData("did you mean 'tracing.percent'", "cost", "prod", "--what-if", "tracing.percnt=1")]
    [InlineData("is not KEY=VALUE", "cost", "prod", "--what-if", "tracing")]
    [InlineData("from 0 to 100", "cost", "prod", "--what-if", "tracing.percent=200")]
    [InlineData("1 to 3", "cost", "prod", "--what-if", "regions=4")]
    [InlineData("there is no scenario 'nope'", "cost", "prod", "--scenario", "nope")]
    [InlineData("There is no environment 'nope'", "cost", "nope")]
    [InlineData("Which environment?", "cost")]
    [InlineData("--days is '0'; want whole days, 1 to 90", "cost", "actual", "prod", "--days", "0")]
    [InlineData("./akidb cost actual --help", "cost", "actual", "prod", "--days", "x")]
    [InlineData("--stale is 'x'; want whole days", "prices", "--stale", "x")]
    [InlineData("--stale is '-1'; want whole days", "prices", "--stale", "-1")]
    [InlineData("No price's id holds 'cloudfornt'; want a part of one, e.g. a service: 'cloudfront'", "prices", "cloudfornt")]
    [InlineData("--html /nowhere/page.html: Could not find", "cost", "dev", "--html", "/nowhere/page.html")]
    [InlineData("--what-if network.natGateways=two cannot be used:\n  akidb:network.natGateways: 'two' is not allowed", "cost", "dev", "--what-if", "network.natGateways=two")]
    [InlineData("there is no usage key 'what.ever'; docs/costs.md lists them.", "cost", "dev", "--what-if", "what.ever=1")]
    [InlineData("neither a plan file that is there nor an environment", "cost", "dev", "--diff", "HEAD~1")]
    [InlineData("'bootstrap' is no environment but what an account needs once", "cost", "bootstrap")]
    [InlineData("'bootstrap' is no environment but what an account needs once", "alerts", "bootstrap", "--output", "/nowhere")]
    [InlineData("--output /proc/nowhere: Could not find", "alerts", "dev", "--output", "/proc/nowhere")]
    public async Task Cost_BadInput_SaysWhatWouldBeRight(string expected, params string[] arguments)
    {
        var result = await AkiDbProcess.RunAsync(arguments);

        result.ExitCode.Should().Be(2);
        result.Error.Should().Contain(expected).And.NotContain("   at ");
    }

    [Fact]
    public async Task CostActual_LocalServer_PutsTheBillBesideTheEstimateAndSaysWhatItPaid()
    {
        await using var server = await AwsServer.StartAsync((200, """
            { "ResultsByTime": [ { "TimePeriod": { "Start": "2026-11-15", "End": "2026-11-16" }, "Total": {}, "Estimated": false, "Groups": [
              { "Keys": ["Amazon Elastic Container Service for Kubernetes", "us-east-1"], "Metrics": { "UnblendedCost": { "Amount": "9.90", "Unit": "USD" } } } ] } ] }
            """));

        var result = await AkiDbProcess.RunAsync(Access(server), "cost", "actual", "prod", "--days", "1");

        // Three control planes are 3 × $73 a month, $7.20 a day.
        result.Output.Should().MatchRegex(@"Kubernetes +\$7\.20 +\$9\.90 +\+\$2\.70").And.Contain("Cost Explorer was paid $0.01");
        result.ExitCode.Should().Be(0);
    }

    [Fact]
    public async Task CostActual_ExpiredCredentials_SaysToSignIn()
    {
        await using var server = await AwsServer.StartAsync((400, """{ "__type": "ExpiredTokenException", "message": "expired" }"""));

        var result = await AkiDbProcess.RunAsync(Access(server), "cost", "actual", "prod");

        result.ExitCode.Should().Be(2);
        result.Error.Should().Contain("aws sso login").And.NotContain("   at ");
    }

    [Fact]
    public async Task PricesRefresh_LocalServer_ShowsWhatDiffersFromTheBook()
    {
        var product = JsonSerializer.Serialize("""{ "terms": { "OnDemand": { "A": { "priceDimensions": { "B": { "unit": "Hrs", "pricePerUnit": { "USD": "0.0800" } } } } } } }""");
        await using var server = await AwsServer.StartAsync(
            (200, "<R><spotPriceHistorySet/><nextToken/></R>"),
            (200, $$"""{ "PriceList": [ {{product}} ] }"""));

        var result = await AkiDbProcess.RunAsync(Access(server), "prices", "refresh", "--region", "us-east-1", "--type", "c7g.large");

        result.ExitCode.Should().Be(1);
        result.Output.Should().MatchRegex(@"us-east-1 +c7g\.large +0\.0725 +0\.08 ").And.Contain("1 on-demand prices differ");
    }

    private static (string, string)[] Access(AwsServer server) =>
    [
        ("AWS_ENDPOINT_URL", server.Address.ToString()), ("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE"), ("AWS_SECRET_ACCESS_KEY", "secret"), ("AWS_SESSION_TOKEN", "token"),
    ];

    [Fact]
    public async Task Prices_Stale_FailsAndListsWhatIsFromMemory()
    {
        var result = await AkiDbProcess.RunAsync("prices", "pagerduty", "--stale", "10000");

        result.ExitCode.Should().Be(1);
        result.Output.Should().Contain("pagerduty.seat").And.Contain("memory").And.Contain("1 prices are older");
    }

    [Fact]
    public async Task Document_Tables_AreWhatTheCommandWouldWrite()
    {
        var document = await File.ReadAllTextAsync(RepositoryFolder.At("docs", "costs.md"));

        CostDocsCommand.Write(document).Should().Be(document, "'./akidb cost docs' writes docs/costs.md");
    }
}
