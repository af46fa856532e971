using AkiDb.Infra.Components.Edge;
using AkiDb.Infra.Plan;
using AkiDb.Infra.Plan.Offline;
using AkiDb.TestKit;
using Aws = Pulumi.Aws;

namespace AkiDb.Infra.Tests.Components.Edge;

public sealed class GlobalDnsTests
{
    [Fact]
    public async Task Zone_IsSignedLoggedAndIssuedForByAmazonOnly()
    {
        var plan = await ProductionPlan.Value;

        var zone = plan.Only("aws:route53/zone:Zone");
        zone.Text("name").Should().Be("akidb.example.com");
        plan.Only("aws:route53/record:Record", "dns-caa").Texts("records").Should().HaveCount(5).And.OnlyContain(record => record.Contains("ama") || record.Contains("awstrust"));
        var key = plan.OfType("aws:kms/key:Key").Single(key => key.Name == "dns-signing");
        (key.Text("customerMasterKeySpec"), key.Text("keyUsage"), key.Region).Should().Be(("ECC_NIST_P256", "SIGN_VERIFY", "us-east-1"));
        plan.OfType("aws:route53/hostedZoneDnsSec:HostedZoneDnsSec").Should().ContainSingle();
        plan.Only("aws:route53/queryLog:QueryLog").Text("cloudwatchLogGroupArn").Should().Contain(":log-group:/aws/route53/");
    }

    [Fact]
    public async Task Api_AnswersOnBothAddressFamilies() => (await ProductionPlan.Value).OfType("aws:route53/record:Record")
        .Where(record => record.Text("name") == "api.akidb.example.com" && record.Input("aliases") is not null)
        .Select(record => record.Text("type")).Should().BeEquivalentTo("A", "AAAA");

    [Fact]
    public async Task Routing_EachRegion_IsItsOwnNearestAndNeverItsOwnStandby()
    {
        var plan = await ProductionPlan.Value;
        var balancers = plan.OfType("aws:lb/loadBalancer:LoadBalancer").Select(balancer => balancer.Region).ToList();
        IEnumerable<PlannedResource> Records(string name) => plan.OfType("aws:route53/record:Record").Where(record => record.Text("name") == name);

        Records("nearest.origin.akidb.example.com").Should().HaveCount(3).And.OnlyContain(record =>
            record.Text("aliases[0].name").Contains($".{record.Text("latencyRoutingPolicies[0].region")}.elb."));
        Records("standby.origin.akidb.example.com").Should().HaveCount(3).And.OnlyContain(record =>
            !record.Text("aliases[0].name").Contains($".{record.Text("latencyRoutingPolicies[0].region")}.elb."));
        Records("standby.origin.akidb.example.com").Select(record => record.Text("aliases[0].name")).Should().OnlyHaveUniqueItems();
        balancers.Should().HaveCount(3);
    }

    [Fact]
    public async Task Routing_HealthChecks_AskWhatTheRoutersSayEveryTenSeconds() => (await ProductionPlan.Value)
        .OfType("aws:route53/healthCheck:HealthCheck").Should().HaveCount(3).And.OnlyContain(check =>
            check.Number("requestInterval") == 10 && check.Text("resourcePath") == "/healthz/ready" && check.Text("type") == "HTTPS" && check.Text("fqdn").EndsWith(".elb.amazonaws.com"));

    [Theory]
    [InlineData(20)]
    [InlineData(60)]
    public async Task Routing_AnIntervalThatRoute53DoesNotHave_IsRefused(int seconds)
    {
        var plan = () => ProgramPlan.OfAsync(() => _ = new LatencyRouting("origins", new LatencyRoutingArgs
        {
            Names = new EdgeNames("akidb.example.com"),
            ZoneId = "Z1",
            Origins = [new RegionalOrigin("us-east-1", "lb.example.com", "Z2")],
            HealthCheckSeconds = seconds,
        }));

        (await plan.Should().ThrowAsync<EvaluationException>()).Which.Message.Should().Contain($"'{seconds}'").And.Contain("one of 10, 30");
    }

    [Fact]
    public async Task Certificate_InThreeRegions_IsProvedByOneRecord()
    {
        var plan = await ProgramPlan.OfAsync(() => _ = new DnsCertificate("c", new DnsCertificateArgs
        {
            DomainName = "*.origin.akidb.example.com",
            ZoneId = "Z1",
            Locations =
            [
                .. new[] { "us-east-1", "eu-central-1", "ap-northeast-1" }.Select(region =>
                    new EdgeLocation(region, region, new Aws.Provider(region, new Aws.ProviderArgs { Region = region }))),
            ],
        }));

        plan.OfType("aws:acm/certificate:Certificate").Select(certificate => certificate.Region).Should().BeEquivalentTo("us-east-1", "eu-central-1", "ap-northeast-1");
        plan.Only("aws:route53/record:Record").Text("type").Should().Be("CNAME");
        plan.OfType("aws:acm/certificateValidation:CertificateValidation").Should().HaveCount(3);
    }

    [Fact]
    public async Task OriginKey_OneSerialMore_KeepsTheOneBefore()
    {
        var first = await Keys(1);
        var second = await Keys(2);

        first.Should().BeEquivalentTo("key-0", "key-1");
        second.Should().BeEquivalentTo("key-1", "key-2");
    }

    private static async Task<IEnumerable<string>> Keys(int serial) =>
        (await ProgramPlan.OfAsync(() => _ = new OriginKey("key", new OriginKeyArgs { KmsKeyId = "k", Serial = serial })))
        .OfType("aws:kms/ciphertext:Ciphertext").Select(text => text.Name);
}
