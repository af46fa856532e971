using System.Text.Json;
using AkiDb.Infra.Components.Ingress;
using AkiDb.Infra.Components.Storage;
using AkiDb.Infra.Plan;
using AkiDb.Infra.Plan.Offline;
using AkiDb.Infra.Plan.Values;
using AkiDb.TestKit;
using Pulumi;

namespace AkiDb.Infra.Tests.Components.Ingress;

public sealed class RegionalIngressTests
{
    [Fact]
    public async Task Doors_OnlyCloudFrontAndHealthCheckersGetIn()
    {
        var plan = await PlanOf();

        var inbound = plan.OfType("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule").Where(rule => rule.Input("prefixListId") is not null).ToList();
        inbound.Select(rule => rule.Text("prefixListId")).Should().HaveCount(2).And.OnlyHaveUniqueItems("one list weighs 55 of a group's 60 rules");
        inbound.Select(rule => rule.Text("securityGroupId")).Should().OnlyHaveUniqueItems();
        inbound.Should().OnlyContain(rule => rule.Number("fromPort") == 443 && rule.Number("toPort") == 443);
        plan.OfType("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule").Should().OnlyContain(rule => rule.Input("cidrIpv4") == null);
        plan.Only("aws:lb/loadBalancer:LoadBalancer").Texts("securityGroups").Should().HaveCount(2);
    }

    [Fact]
    public async Task Listener_WithoutTheHeader_Refuses()
    {
        var plan = await PlanOf();

        var listener = plan.Only("aws:lb/listener:Listener");
        (listener.Text("sslPolicy"), listener.Text("protocol")).Should().Be(("ELBSecurityPolicy-TLS13-1-2-Res-2021-06", "HTTPS"));
        (listener.Text("defaultActions[0].type"), listener.Text("defaultActions[0].fixedResponse.statusCode")).Should().Be(("fixed-response", "403"));
        var rules = plan.OfType("aws:lb/listenerRule:ListenerRule").ToDictionary(rule => rule.Name);
        rules["in-health"].Texts("conditions[0].pathPattern.values").Should().Equal("/healthz/ready");
        rules["in-ours"].Text("conditions[0].httpHeader.httpHeaderName").Should().Be("X-Key");
        rules["in-ours"].Input("conditions[0].httpHeader.values").Should().Be(SecretValue.Instance);
    }

    [Fact]
    public async Task Targets_AreDrainedBeforeTheirPodIsKilled()
    {
        var targets = (await PlanOf()).Only("aws:lb/targetGroup:TargetGroup");

        (targets.Text("targetType"), targets.Number("port"), targets.Text("healthCheck.path")).Should().Be(("ip", 8080, "/healthz/ready"));
        var router = (await ProductionPlan.Value).OfType("kubernetes:apps/v1:Deployment").First(deployment => deployment.Text("metadata.name") == "akidb-router");
        var grace = router.Number("spec.template.spec.terminationGracePeriodSeconds");
        targets.Number("deregistrationDelay").Should().BeLessThan(grace);
        // The process goes on until the balancer has stopped sending, and then still has time to finish.
        var configuration = (await ProductionPlan.Value).OfType("kubernetes:core/v1:ConfigMap").First(map => map.Text("metadata.name") == "akidb-router");
        using var router0 = JsonDocument.Parse(configuration.Text("data[\"router.yaml\"]"));
        var timeouts = router0.RootElement.GetProperty("timeouts");
        (router.Number("spec.template.spec.containers[0].lifecycle.preStop.sleep.seconds")
            + ((timeouts.GetProperty("drainMs").GetDouble() + timeouts.GetProperty("shutdownMs").GetDouble()) / 1000)).Should().BeLessThan(grace);
    }

    [Fact]
    public async Task Balancer_IsLoggedProtectedAndDropsMalformedHeaders()
    {
        var balancer = (await PlanOf()).Only("aws:lb/loadBalancer:LoadBalancer");

        (balancer.Text("accessLogs.bucket"), balancer.Text("accessLogs.prefix"), balancer.Flag("accessLogs.enabled")).Should().Be(("logs", LogBucket.LoadBalancerPrefix, true));
        (balancer.Flag("enableDeletionProtection"), balancer.Flag("dropInvalidHeaderFields")).Should().Be((true, true));
    }

    [Fact]
    public async Task Controller_OfProduction_MayFillItsGroupAndMakeNothing()
    {
        var plan = await ProductionPlan.Value;

        var policies = plan.OfType("aws:iam/policy:Policy").Where(policy => policy.Name.Contains("-targets-role")).Select(policy => policy.Text("policy")).ToList();
        policies.Should().HaveCount(3).And.OnlyContain(policy => !policy.Contains("Create") && !policy.Contains("Delete") && !policy.Contains("Authorize"));
        policies.Should().OnlyContain(policy => policy.Contains(":targetgroup/akidb-prod-route/") && policy.Contains("ec2:DescribeSecurityGroups"));
        plan.OfType("kubernetes:elbv2.k8s.aws/v1beta1:TargetGroupBinding").Should().HaveCount(3).And.OnlyContain(binding =>
            binding.Text("spec.serviceRef.name") == "akidb-router" && binding.Text("spec.targetType") == "ip" && binding.Input("spec.networking") == null);
    }

    [Theory]
    [InlineData("akidb-a-rather-long-environment", 1, "1 to 26")]
    [InlineData("akidb-test", 6, "1 to 5")]
    public async Task Arguments_ThatAwsRefuses_AreRefused(string prefix, int keys, string allowed)
    {
        var plan = () => PlanOf(prefix, keys);

        (await plan.Should().ThrowAsync<EvaluationException>()).Which.Message.Should().Contain("RegionalIngress 'in'").And.Contain(allowed);
    }

    private static Task<StackPlan> PlanOf(string prefix = "akidb-test", int keys = 1) => ProgramPlan.OfAsync(() => _ = new RegionalIngress("in", new RegionalIngressArgs
    {
        NamePrefix = prefix,
        Region = "us-east-1",
        VpcId = "vpc-1",
        SubnetIds = new[] { "subnet-1", "subnet-2" },
        NodeSecurityGroupId = "sg-1",
        CertificateArn = "arn:aws:acm:us-east-1:111122223333:certificate/1",
        OriginHeader = "X-Key",
        OriginKeys = [.. Enumerable.Range(0, keys).Select(index => Output.CreateSecret($"secret-{index}"))],
        LogBucket = "logs",
    }));
}
