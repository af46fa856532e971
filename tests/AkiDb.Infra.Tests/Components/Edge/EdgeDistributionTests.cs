using System.Text.RegularExpressions;
using AkiDb.Contracts;
using AkiDb.Infra.Components.Observability;
using AkiDb.Infra.Plan;
using AkiDb.Infra.Plan.Values;
using AkiDb.TestKit;

namespace AkiDb.Infra.Tests.Components.Edge;

/// <summary>The edge of the production plan.</summary>
public sealed class EdgeDistributionTests
{
    private const string Type = "aws:cloudfront/distribution:Distribution";

    [Fact]
    public async Task Distribution_SpeaksModernProtocolsOnly()
    {
        var edge = (await ProductionPlan.Value).Only(Type);

        (edge.Text("httpVersion"), edge.Flag("isIpv6Enabled"), edge.Text("priceClass")).Should().Be(("http2and3", true, "PriceClass_200"));
        (edge.Text("viewerCertificate.minimumProtocolVersion"), edge.Text("viewerCertificate.sslSupportMethod")).Should().Be(("TLSv1.2_2021", "sni-only"));
        Behaviours(edge).Select(path => edge.Text($"{path}.viewerProtocolPolicy")).Should().OnlyContain(policy => policy == "https-only");
        edge.Text("webAclId").Should().StartWith("arn:aws:wafv2:us-east-1:");
        edge.Region.Should().Be("us-east-1");
    }

    [Fact]
    public async Task Distribution_OriginRequests_CarryTheViewerHeadersThatAreUsedAndNoHost()
    {
        var headers = (await ProductionPlan.Value).Only("aws:cloudfront/originRequestPolicy:OriginRequestPolicy").Texts("headersConfig.headers.items");

        headers.Where(header => header.StartsWith("CloudFront-", StringComparison.Ordinal)).Should()
            .BeEquivalentTo("CloudFront-Viewer-Country", "CloudFront-Viewer-Latitude", "CloudFront-Viewer-Longitude");
        headers.Should().NotContain("Host").And.NotContain("Authorization", "an origin-request policy may not list it").And.Contain(RequestHeaders.LatencyBudget);
        headers.Should().HaveCountLessThanOrEqualTo(10, "CloudFront takes no more");
        (await ProductionPlan.Value).OfType("aws:cloudfront/cachePolicy:CachePolicy").Single(policy => policy.Text("name").EndsWith("-live", StringComparison.Ordinal))
            .Texts("parametersInCacheKeyAndForwardedToOrigin.headersConfig.headers.items").Should().Equal("Authorization", SearchHeaders.MaximumStaleness);
        var functions = File.ReadAllText(RepositoryFolder.At("runtime", "edge", "viewer-request.js")) + File.ReadAllText(RepositoryFolder.At("runtime", "edge", "origin", "index.mjs"));
        headers.Where(header => header.StartsWith("CloudFront-", StringComparison.Ordinal)).Should().OnlyContain(header => functions.Contains(header, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Distribution_WarmTiers_AreSignedForAndLetOnlyItIn()
    {
        var plan = await ProductionPlan.Value;
        var edge = plan.Only(Type);

        var signer = plan.Only("aws:cloudfront/originAccessControl:OriginAccessControl");
        (signer.Text("originAccessControlOriginType"), signer.Text("signingBehavior"), signer.Text("signingProtocol")).Should().Be(("lambda", "always", "sigv4"));
        Origins(edge).Where(path => edge.Text($"{path}.originId").StartsWith("warm-", StringComparison.Ordinal)).Should().HaveCount(3)
            .And.OnlyContain(path => edge.Input($"{path}.originAccessControlId") != null && edge.Text($"{path}.domainName").EndsWith(".on.aws", StringComparison.Ordinal));
        plan.OfType("aws:lambda/functionUrl:FunctionUrl").Should().HaveCount(3).And.OnlyContain(url => url.Text("authorizationType") == "AWS_IAM" && url.Text("qualifier") == "warm");
        var permissions = plan.OfType("aws:lambda/permission:Permission").ToList();
        permissions.GroupBy(permission => permission.Region).Should().HaveCount(3).And.OnlyContain(region =>
            region.Select(permission => permission.Text("action")).Order().SequenceEqual(new[] { "lambda:InvokeFunction", "lambda:InvokeFunctionUrl" }));
        permissions.Should().OnlyContain(permission => permission.Text("principal") == "cloudfront.amazonaws.com"
            && permission.Text("sourceArn").StartsWith("arn:aws:cloudfront::111122223333:distribution/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Distribution_LoadBalancers_KnowItByAHeaderThatNobodySees()
    {
        var plan = await ProductionPlan.Value;
        var edge = plan.Only(Type);

        foreach (var path in Origins(edge).Where(path => !edge.Text($"{path}.originId").StartsWith("warm-", StringComparison.Ordinal)))
        {
            edge.Text($"{path}.customHeaders[0].name").Should().Be("X-AkiDB-Origin-Key");
            edge.Input($"{path}.customHeaders[0].value").Should().Be(SecretValue.Instance);
        }

        // Load balancers must take the value before CloudFront sends it.
        plan.OfType("aws:lb/listenerRule:ListenerRule").Where(rule => rule.Name.EndsWith("-ours", StringComparison.Ordinal)).Select(rule => rule.Urn.ToString())
            .Should().HaveCount(3).And.BeSubsetOf(edge.Dependencies);
    }

    [Fact]
    public async Task Distribution_Embeddings_RunTheEdgeFunctionWithTheBodyAndReadsFailOver()
    {
        var edge = (await ProductionPlan.Value).Only(Type);

        edge.Text("orderedCacheBehaviors[0].pathPattern").Should().Be(ServiceEndpoints.Embed);
        var associations = Enumerable.Range(0, 2).Select(index => $"orderedCacheBehaviors[0].lambdaFunctionAssociations[{index}]").ToList();
        associations.Select(path => (edge.Text($"{path}.eventType"), edge.Flag($"{path}.includeBody"))).Should().Equal(("origin-request", true), ("origin-response", false));
        associations.Should().OnlyContain(path => edge.Text($"{path}.lambdaArn").EndsWith(":1"));
        edge.Input("defaultCacheBehavior.lambdaFunctionAssociations").Should().BeNull("every request of it would be billed");
        Enumerable.Range(0, 2).Select(index => edge.Text($"originGroups[0].members[{index}].originId")).Should().Equal("cluster", "standby");
        edge.Text("orderedCacheBehaviors[1].targetOriginId").Should().Be("reads");
        edge.Texts("orderedCacheBehaviors[1].allowedMethods").Should().NotContain("POST", "an origin group takes no writes");
    }

    [Fact]
    public async Task Distribution_LogsToItsRegionsBucketAndMeasuresByTheMinute()
    {
        var plan = await ProductionPlan.Value;

        plan.Only("aws:cloudwatch/logDeliverySource:LogDeliverySource").Text("logType").Should().Be("ACCESS_LOGS");
        var destination = plan.Only("aws:cloudwatch/logDeliveryDestination:LogDeliveryDestination");
        (destination.Text("outputFormat"), destination.Text("deliveryDestinationConfiguration.destinationResourceArn"))
            .Should().Be(("json", "arn:aws:s3:::akidb-prod-logs-111122223333-us-east-1/cloudfront"));
        plan.Only("aws:cloudfront/monitoringSubscription:MonitoringSubscription")
            .Text("monitoringSubscription.realtimeMetricsSubscriptionConfig.realtimeMetricsSubscriptionStatus").Should().Be("Enabled");
    }

    [Fact]
    public async Task Firewall_LimitsAddressesAndOnlyCountsRulesThatReadBodies()
    {
        var acl = (await ProductionPlan.Value).Only("aws:wafv2/webAcl:WebAcl");

        (acl.Text("scope"), acl.Region, acl.Number("rules[0].statement.rateBasedStatement.limit")).Should().Be(("CLOUDFRONT", "us-east-1", 30_000));
        var overrides = Enumerable.Range(1, 3).SelectMany(rule => acl.Input($"rules[{rule}].statement.managedRuleGroupStatement.ruleActionOverrides") is ListValue list
            ? list.Items.Select(item => ((TextValue)item.At("name")!).Value) : []).ToList();
        // Every rule of the two groups that reads bodies (AWS WAF developer guide, "Baseline rule groups", read 2026-11).
        overrides.Should().BeEquivalentTo("SizeRestrictions_BODY", "EC2MetaDataSSRF_BODY", "CrossSiteScripting_BODY", "GenericLFI_BODY", "GenericRFI_BODY",
            "Log4JRCE_BODY", "JavaDeserializationRCE_BODY", "ReactJSRCE_BODY");
        Enumerable.Range(0, 4).Select(rule => acl.Number($"rules[{rule}].priority")).Should().OnlyHaveUniqueItems();
    }

    [Fact]
    public async Task ViewerFunction_OfProduction_KnowsTheTiersAndFitsTheLimit()
    {
        var function = (await ProductionPlan.Value).Only("aws:cloudfront/function:Function");

        function.Text("runtime").Should().Be("cloudfront-js-2.0");
        function.Text("code").Should().NotContain("AKIDB_SETTINGS").And.Contain("\"origin\":\"warm-ap-northeast-1\"").And.Contain("\"standby\":\"standby\"");
        System.Text.Encoding.UTF8.GetByteCount(function.Text("code")).Should().BeLessThanOrEqualTo(10_240);
    }

    [Fact]
    public void EdgeMetrics_AreCalledAsTheContractSays()
    {
        var source = File.ReadAllText(RepositoryFolder.At("runtime", "edge", "origin", "metrics.mjs"));

        foreach (var name in new[] { EdgeMetricNames.Namespace, EdgeMetricNames.RequestCount, EdgeMetricNames.ErrorCount, EdgeMetricNames.InferenceLatency, EdgeMetricNames.Function, EdgeMetricNames.Tier })
            source.Should().Contain($"'{name}'");
    }

    [Fact]
    public void FailuresQuery_AsksForFieldsThatTheLinesHave()
    {
        var source = File.ReadAllText(RepositoryFolder.At("runtime", "edge", "origin", "metrics.mjs"));
        var fields = EdgeDashboard.FailuresQuery.Split('|')[0].Replace("fields", "", StringComparison.Ordinal).Split(',', StringSplitOptions.TrimEntries);

        // Logs Insights tells cases apart.
        fields.Where(field => field[0] != '@').Should().HaveCount(4).And.OnlyContain(field => Regex.IsMatch(source, $@"(\s{field}:|\.{field} =)"));
    }

    private static IEnumerable<string> Behaviours(PlannedResource edge) => ["defaultCacheBehavior", .. Paths(edge, "orderedCacheBehaviors")];

    private static List<string> Origins(PlannedResource edge) => Paths(edge, "origins").ToList();

    private static IEnumerable<string> Paths(PlannedResource edge, string list) => Enumerable.Range(0, ((ListValue)edge.Input(list)!).Items.Length).Select(index => $"{list}[{index}]");
}
