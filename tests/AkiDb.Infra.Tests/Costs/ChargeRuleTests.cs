using AkiDb.Infra.Costs.Estimates;
using AkiDb.Infra.Costs.Prices;
using AkiDb.Infra.Costs.Usage;
using AkiDb.Infra.Plan;
using AkiDb.Infra.Plan.Values;
using static AkiDb.Infra.Tests.Costs.PlanOf;

namespace AkiDb.Infra.Tests.Costs;

/// <summary>What each kind of resource is billed for, on plans made by hand; amounts are in the cost research.</summary>
public sealed class ChargeRuleTests
{
    [Fact]
    public void MetricAlarm_OnAnAnomalyBand_IsBilledForThreeMetrics()
    {
        var alarm = Resource("aws:cloudwatch/metricAlarm:MetricAlarm", inputs: ("metricQueries", List(
            Map(("expression", Text("ANOMALY_DETECTION_BAND(m1, 2)"))), Map(("metric", Map(("period", Number(300))))))));

        Only([alarm]).Quantity.Should().Be(3);
    }

    [Fact]
    public void Release_VolumesOfItsValues_CostAsOftenAsThereAreReplicas()
    {
        var claim = Map(("volumeClaimTemplate", Map(("spec", Map(("resources", Map(("requests", Map(("storage", Text("50Gi")))))))))));
        var release = Resource("kubernetes:helm.sh/v3:Release", "stack", inputs: ("values", Map(
            ("prometheus", Map(("prometheusSpec", Map(("replicas", Number(2)), ("storageSpec", claim))))))));

        Only([release]).Quantity.Should().Be(100);
        Estimate([Resource("kubernetes:helm.sh/v3:Release", "karpenter", inputs: ("values", Map(("replicas", Number(2)))))]).Count(CoverageState.Free).Should().Be(1);
    }

    [Fact]
    public void TransactionSearch_OfThePlan_IsBilledByTheSpansBytesInsteadOfByTheTrace()
    {
        var usage = UsageOf.Values(("traffic.requestsPerMonth", "1000000000"), ("tracing.percent", "10"), ("tracing.spansPerTrace", "8"), ("tracing.bytesPerSpan", "1073.741824"));

        decimal Tracing(params PlannedResource[] more) => Estimate([Resource("aws:eks/cluster:Cluster"), .. more], usage).Lines
            .Where(line => line.Name.StartsWith("Traces", StringComparison.Ordinal) || line.Name.StartsWith("Spans", StringComparison.Ordinal)).Sum(line => line.MonthlyUsd);

        // Nothing where no trace is taken; 100 M traces: (100 M - 100,000 free) x $5 a million, or 800 M spans of 2^30/10^6 bytes, which are 800 GB at $0.35.
        var sampling = Resource("aws:xray/samplingRule:SamplingRule");
        (Tracing(), Tracing(sampling), Tracing(sampling, Resource("aws-native:xray:TransactionSearchConfig", inputs: ("indexingPercentage", Number(1))))).Should().Be((0m, 499.50m, 280.00m));
    }

    [Fact]
    public void LogGroup_OfLambdaAtEdge_HasNoIngestOfItsOwn()
    {
        var estimate = Estimate([Resource("aws:cloudwatch/logGroup:LogGroup", inputs: [("name", Text("/aws/lambda/us-east-1.akidb-edge")), ("retentionInDays", Number(30))])]);

        estimate.Resources.Should().ContainSingle().Which.Lines.Select(line => line.Name).Should().Equal("Logs stored");
    }

    [Fact]
    public void MetricAlarm_BelowAMinute_IsHighResolution() =>
        Only([Resource("aws:cloudwatch/metricAlarm:MetricAlarm", inputs: ("period", Number(10)))]).MonthlyUsd.Should().Be(0.30m);

    [Fact]
    public void MetricAlarms_TenOfThem_AreFree() =>
        Estimate([.. Enumerable.Range(0, 12).Select(index => Resource("aws:cloudwatch/metricAlarm:MetricAlarm", $"alarm-{index}", inputs: ("period", Number(60))))])
            .TotalUsd.Should().Be(0.20m);

    [Theory]
    [InlineData("HTTPS", 10, "app.us-east-1.elb.amazonaws.com", 2.50)]
    [InlineData("HTTP", 30, "app.us-east-1.elb.amazonaws.com", 0.50)]
    [InlineData("HTTPS_STR_MATCH", 10, "search.example.com", 6.75)]
    public void HealthCheck_Features_CostApart(string type, int interval, string name, double usd) =>
        Estimate([Resource("aws:route53/healthCheck:HealthCheck", inputs: [("type", Text(type)), ("requestInterval", Number(interval)), ("fqdn", Text(name))])])
            .TotalUsd.Should().Be((decimal)usd);

    [Fact]
    public void Endpoint_Gateway_IsFreeAndInterfaceCostsByZone()
    {
        var estimate = Estimate(
            [
                Resource("aws:ec2/vpcEndpoint:VpcEndpoint", "s3", inputs: ("vpcEndpointType", Text("Gateway"))),
                Resource("aws:ec2/vpcEndpoint:VpcEndpoint", "ecr", inputs: [("vpcEndpointType", Text("Interface")), ("subnetIds", Texts("a", "b", "c"))]),
            ]);

        estimate.Count(CoverageState.Free).Should().Be(1);
        estimate.TotalUsd.Should().Be(3 * 7.30m);
    }

    [Fact]
    public void Function_OnTheWayOutAndBack_IsBilledTwice()
    {
        var function = Resource("aws:lambda/function:Function", "edge", inputs: ("memorySize", Number(128)));
        var distribution = Resource("aws:cloudfront/distribution:Distribution", "edge", null, ("orderedCacheBehaviors", List(Map(
            ("lambdaFunctionAssociations", List(Map(("eventType", Text("origin-request"))), Map(("eventType", Text("origin-response"))))))))) with
        {
            Dependencies = [function.Urn.ToString()],
        };
        var usage = UsageOf.Values(("traffic.requestsPerMonth", "1000000"), ("edge.lambdaPercent", "100"), ("edge.lambdaMilliseconds", "1000"));

        Lines([distribution, function], usage, "lambda").Sum(line => line.MonthlyUsd).Should().Be(2 * (0.60m + 6.25m));
    }

    [Fact]
    public void LoadBalancer_FacingTheInternet_PaysForAnAddressAZone()
    {
        decimal Total(params (string, PlanValue)[] inputs) => Estimate([Resource("aws:lb/loadBalancer:LoadBalancer", inputs: inputs)],
            UsageOf.Values(("loadBalancers.capacityUnits", "0"))).TotalUsd;

        (Total(("internal", Flag(false)), ("subnets", Texts("a", "b", "c"))) - Total(("internal", Flag(true)), ("subnets", Texts("a", "b", "c")))).Should().Be(3 * 0.005m * 730);
    }

    [Fact]
    public void Vpn_IsBilledByTheHour() => Estimate([Resource("aws:ec2/vpnConnection:VpnConnection")]).TotalUsd.Should().Be(36.50m);

    [Fact]
    public void Function_OfADistribution_IsBilledAsLambdaAtEdge()
    {
        var function = Resource("aws:lambda/function:Function", "route", inputs: ("memorySize", Number(128)));
        var distribution = Resource("aws:cloudfront/distribution:Distribution", "edge", null,
            ("defaultCacheBehavior", Map(("lambdaFunctionAssociations", List(Map(("eventType", Text("origin-request")))))))) with
        {
            Dependencies = [function.Urn.ToString()],
        };
        var usage = UsageOf.Values(("traffic.requestsPerMonth", "1000000"), ("edge.lambdaPercent", "100"), ("edge.lambdaMilliseconds", "1000"));

        // 1 M × $0.60, and 1 M × 1 s × 128 MB × $0.00000625125.
        Lines([distribution, function], usage, "lambda").Sum(line => line.MonthlyUsd).Should().Be(0.60m + 6.25m);
    }

    [Fact]
    public void Function_InARegion_HasTheFreeTierThatTheEdgeHasNot()
    {
        var usage = UsageOf.Values(("functions.anomaly.runsPerMonth", "8640"), ("functions.anomaly.milliseconds", "10000"));

        // Research §3.4, 38: $0.72 of duration, inside the free tier.
        Estimate([Resource("aws:lambda/function:Function", "anomaly", inputs: ("memorySize", Number(512)))], usage).TotalUsd.Should().Be(0);
    }

    [Fact]
    public void ProvisionedConcurrency_ThroughAnAlias_CostsByMemoryAndSecond()
    {
        var function = Resource("aws:lambda/function:Function", "warm", inputs: [("memorySize", Number(512)), ("architectures", Texts("x86_64"))]);
        var alias = Resource("aws:lambda/alias:Alias", "live") with { Dependencies = [function.Urn.ToString()] };
        var setting = Resource("aws:lambda/provisionedConcurrencyConfig:ProvisionedConcurrencyConfig", "warm", inputs: ("provisionedConcurrentExecutions", Number(2))) with
        {
            Dependencies = [alias.Urn.ToString()],
        };

        // Research §3.4, 25: 2 × 512 MB = $10.95 a region on x86_64.
        Lines([function, alias, setting], UsageProfile.Empty, "lambda").Where(line => line.State == LineState.Priced).Sum(line => line.MonthlyUsd).Should().Be(10.95m);
    }

    [Fact]
    public void FlatRatePlan_OfTheStack_TakesThePlaceOfPayAsYouGoAndBringsItsWebAcl()
    {
        var usage = UsageOf.Values(("traffic.requestsPerMonth", "100000000"), ("edge.egressGb", "50000"));
        var estimate = Estimate(
            [
                Resource("aws:cloudfront/distribution:Distribution", "edge", null),
                Resource("aws-native:pricingplanmanager:Subscription", "plan", null, ("tier", Text("BUSINESS"))),
                Resource("aws:wafv2/webAcl:WebAcl", "acl", null, ("scope", Text("CLOUDFRONT"))),
            ], usage);

        estimate.Lines.Where(line => line.Service is "cloudfront" or "waf").Sum(line => line.MonthlyUsd).Should().Be(200);
    }

    [Fact]
    public void FlatRatePlan_TooSmall_SaysSo()
    {
        var usage = UsageOf.Values(("traffic.requestsPerMonth", "661000000"), ("edge.egressGb", "50000"), ("edge.plan", "business"));

        Lines([Resource("aws:cloudfront/distribution:Distribution", "edge", null)], usage, "cloudfront").First().Note.Should().Contain("may be throttled").And.Contain("premium750M");
    }

    [Fact]
    public void NatGateways_ThreeInARegion_ShareItsBytes()
    {
        var gateways = Enumerable.Range(1, 3).Select(zone => Resource("aws:ec2/natGateway:NatGateway", $"nat-{zone}")).ToArray();

        Estimate(gateways, UsageOf.Values(("nat.gbPerRegion", "300"))).TotalUsd.Should().Be((3 * 32.85m) + (300 * 0.045m));
    }

    [Fact]
    public void NodeGroup_Nodes_CostTheirHoursAndVolumes()
    {
        var template = Resource("aws:ec2/launchTemplate:LaunchTemplate", "template", inputs: ("blockDeviceMappings", List(Map(("ebs", Map(("volumeSize", Number(50))))))));
        var group = Resource("aws:eks/nodeGroup:NodeGroup", "baseline", inputs: [("instanceTypes", Texts("m7g.large")), ("scalingConfig", Map(("desiredSize", Number(3))))]) with
        {
            Dependencies = [template.Urn.ToString()],
        };

        Estimate([template, group]).TotalUsd.Should().Be(decimal.Round(3 * 730 * 0.0816m, 2) + (3 * 50 * 0.08m));
    }

    [Fact]
    public void StatefulSet_VolumeClaims_AreVolumes()
    {
        var claim = Map(("spec", Map(("resources", Map(("requests", Map(("storage", Text("50Gi")))))))));
        var set = Resource("kubernetes:apps/v1:StatefulSet", inputs: ("spec", Map(("replicas", Number(2)), ("volumeClaimTemplates", List(claim)))));

        Only([set]).MonthlyUsd.Should().Be(8.00m);
    }

    [Fact]
    public void Service_LoadBalancer_IsBilledAndClusterIpIsFree() =>
        Estimate(
            [
                Resource("kubernetes:core/v1:Service", "public", inputs: ("spec", Map(("type", Text("LoadBalancer"))))),
                Resource("kubernetes:core/v1:Service", "inside", inputs: ("spec", Map(("type", Text("ClusterIP"))))),
            ]).Lines.Select(line => line.PriceId).Should().Equal("elb.nlb.hour", "elb.nlb.nlcu");

    [Theory]
    [InlineData("aws:sqs/queue:Queue")]
    [InlineData("aws:sns/topic:Topic")]
    [InlineData("aws:ecr/repository:Repository")]
    [InlineData("aws:kms/key:Key")]
    [InlineData("aws:secretsmanager/secret:Secret")]
    [InlineData("aws:s3/bucket:Bucket")]
    [InlineData("aws:amp/workspace:Workspace")]
    [InlineData("aws:cloudwatch/eventBus:EventBus")]
    [InlineData("aws:scheduler/schedule:Schedule")]
    [InlineData("aws:wafv2/webAcl:WebAcl")]
    [InlineData("aws:route53/zone:Zone")]
    [InlineData("aws:synthetics/canary:Canary")]
    [InlineData("aws:cloudwatch/logGroup:LogGroup")]
    [InlineData("aws:cloudwatch/compositeAlarm:CompositeAlarm")]
    [InlineData("aws:cloudwatch/dashboard:Dashboard")]
    [InlineData("aws:lb/loadBalancer:LoadBalancer")]
    [InlineData("aws:budgets/budgetAction:BudgetAction")]
    public void Type_WithoutUsage_HasAPriceInEveryRegion(string type)
    {
        foreach (var region in new[] { "us-east-1", "eu-central-1", "ap-northeast-1" })
        {
            var estimate = Estimate([Resource(type, region: region)]);

            estimate.Lines.Should().NotBeEmpty();
            estimate.Errors.Select(error => error.Line.UnitPriceText).Should().BeEmpty();
        }
    }

    private static CostLine Only(PlannedResource[] resources) => Estimate(resources).Lines.Should().ContainSingle().Subject;

    private static IEnumerable<CostLine> Lines(PlannedResource[] resources, UsageProfile usage, string service) =>
        Estimate(resources, usage).Lines.Where(line => line.Service == service);

    private static CostEstimate Estimate(PlannedResource[] resources, UsageProfile? usage = null) =>
        new CostEstimator(PriceBook.Default).Estimate(Resources(resources), usage ?? UsageProfile.Empty);
}
