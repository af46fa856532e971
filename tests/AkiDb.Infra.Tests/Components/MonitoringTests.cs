using AkiDb.Infra.Cli.Environments;
using AkiDb.Infra.Components.Observability;
using AkiDb.Infra.Plan;
using AkiDb.Infra.Plan.Offline;
using AkiDb.Infra.Plan.Values;
using AkiDb.TestKit;
using Pulumi;
using Aws = Pulumi.Aws;

namespace AkiDb.Infra.Tests.Components;

public sealed class MonitoringTests
{
    private const string Release = "kubernetes:helm.sh/v3:Release";

    [Fact]
    public async Task Release_FindsRulesAndMonitorsOfEveryNamespaceAndTakesItsAlertmanagerConfigurationFromASecret()
    {
        var stack = (await PlanOf(MonitoringProfile.Standard)).Only(Release, "monitoring-kube-prometheus-stack");

        foreach (var selector in new[] { "rule", "serviceMonitor", "podMonitor", "probe", "scrapeConfig" })
            stack.Flag($"values.prometheus.prometheusSpec.{selector}SelectorNilUsesHelmValues").Should().BeFalse(selector);
        stack.Flag("values.alertmanager.alertmanagerSpec.useExistingSecret").Should().BeTrue("the chart would write a configuration of its own");
        stack.Text("values.alertmanager.alertmanagerSpec.configSecret").Should().Be("akidb-alertmanager");
        stack.Text("values.grafana.sidecar.dashboards.label").Should().Be("grafana_dashboard");
    }

    [Theory]
    [InlineData(true, "akidb-pagerduty")]
    [InlineData(false)]
    public async Task Release_NamesTheKeysForAlertmanagerWhereTheyAreMade(bool hasKeys, params string[] secrets) =>
        (await PlanOf(MonitoringProfile.Small, hasKeys: hasKeys)).Only(Release, "monitoring-kube-prometheus-stack")
            .Texts("values.alertmanager.alertmanagerSpec.secrets").Should().Equal(secrets, "pods wait for ever for a Secret that nobody makes");

    [Theory]
    [InlineData("dev")]
    [InlineData("staging")]
    [InlineData("prod")]
    public async Task Environments_MakeEverySecretThatTheirAlertmanagerWaitsFor(string environment)
    {
        var plan = await new PlanProvider(new Repository(RepositoryFolder.Root)).EvaluateAsync(environment);
        var releases = plan.OfType(Release).Where(release => release.Name.EndsWith("-kube-prometheus-stack", StringComparison.Ordinal)).ToList();

        releases.Should().NotBeEmpty();
        foreach (var release in releases)
        {
            var wanted = release.Texts("values.alertmanager.alertmanagerSpec.secrets").Append(release.Text("values.alertmanager.alertmanagerSpec.configSecret"));
            var made = plan.Resources.Where(resource => resource.Region == release.Region && resource.Type is "kubernetes:core/v1:Secret" or "kubernetes:external-secrets.io/v1:ExternalSecret")
                .Select(resource => resource.Text("metadata.name"));
            made.Should().Contain(wanted, release.Name);
        }
    }

    [Fact]
    public async Task Release_PutsClusterAndRegionOnEverySeriesNotOnAlertsAlone()
    {
        var spec = (await PlanOf(MonitoringProfile.Standard)).Only(Release, "monitoring-kube-prometheus-stack").Input("values.prometheus.prometheusSpec")!;

        spec.At("scrapeClasses[0].default").Should().Be(new BooleanValue(true));
        spec.At("scrapeClasses[0].relabelings[0]").Should().Be(MapValue.From(
        [
            KeyValuePair.Create<string, PlanValue>("targetLabel", new TextValue("cluster")),
            KeyValuePair.Create<string, PlanValue>("replacement", new TextValue("akidb-test")),
        ]));
        spec.At("externalLabels.region").Should().Be(new TextValue("eu-central-1"));
    }

    [Theory]
    [InlineData(MonitoringProfile.Small, 1)]
    [InlineData(MonitoringProfile.Standard, 2)]
    public async Task Release_Profile_SaysHowManyOfEach(MonitoringProfile profile, int replicas)
    {
        var stack = (await PlanOf(profile)).Only(Release, "monitoring-kube-prometheus-stack");

        stack.Number("values.prometheus.prometheusSpec.replicas").Should().Be(replicas);
        stack.Number("values.alertmanager.alertmanagerSpec.replicas").Should().Be(replicas);
        stack.Text("values.prometheus.prometheusSpec.retention").Should().Be("90d");
        stack.Text("values.prometheus.prometheusSpec.retentionSize").Should().Be("45GiB", "a full volume stops the server");
        stack.Text("values.prometheus.prometheusSpec.storageSpec.volumeClaimTemplate.spec.storageClassName").Should().Be("akidb-gp3", "encrypted gp3");
    }

    [Fact]
    public async Task Definitions_AreAReleaseOfTheirOwnThatComesFirst()
    {
        var plan = await PlanOf(MonitoringProfile.Small);
        var (definitions, stack) = (plan.Only(Release, "monitoring-prometheus-operator-crds"), plan.Only(Release, "monitoring-kube-prometheus-stack"));

        stack.Flag("values.crds.enabled").Should().BeFalse();
        stack.Dependencies.Should().Contain(definitions.Urn.ToString());
        plan.OfType("kubernetes:monitoring.coreos.com/v1:PodMonitor").Should().OnlyContain(monitor => monitor.Dependencies.Contains(definitions.Urn.ToString()));
    }

    [Fact]
    public async Task Monitors_ScrapeEveryServiceOfAkiDbAndKarpenterButNotRedis()
    {
        var plan = await PlanOf(MonitoringProfile.Small);

        var services = plan.Only("kubernetes:monitoring.coreos.com/v1:PodMonitor", "monitoring-services");
        services.Text("spec.selector.matchLabels[\"app.kubernetes.io/part-of\"]").Should().Be("akidb");
        services.Texts("spec.selector.matchExpressions[0].values").Should().Equal("akidb-router-counters");
        services.Text("spec.podMetricsEndpoints[0].port").Should().Be("http");
        plan.Only("kubernetes:monitoring.coreos.com/v1:PodMonitor", "monitoring-karpenter").Texts("spec.namespaceSelector.matchNames").Should().Equal("kube-system");
    }

    [Fact]
    public async Task Network_OnlyPrometheusReachesPodsOutsideAndOnlyTheServicesAskIt()
    {
        var policies = (await PlanOf(MonitoringProfile.Small)).OfType("kubernetes:networking.k8s.io/v1:NetworkPolicy")
            .ToDictionary(policy => policy.Text("metadata.name"));

        policies["allow-scrapes"].Text("spec.podSelector.matchLabels[\"app.kubernetes.io/name\"]").Should().Be("prometheus");
        policies["allow-queries"].Text("spec.ingress[0].from[0].namespaceSelector.matchLabels[\"kubernetes.io/metadata.name\"]").Should().Be("akidb");
        policies["allow-queries"].Number("spec.ingress[0].ports[0].port").Should().Be(9090);
        policies["allow-https"].Number("spec.egress[0].ports[0].port").Should().Be(443);
    }

    [Theory]
    [InlineData(MonitoringProfile.Off, 90, 50, "Profile")]
    [InlineData(MonitoringProfile.Small, 0, 50, "RetentionDays")]
    [InlineData(MonitoringProfile.Small, 90, 5000, "StorageGiB")]
    public async Task Arguments_OutOfRange_AreRefusedByName(MonitoringProfile profile, int days, int gib, string argument)
    {
        var plan = () => PlanOf(profile, days, gib);

        (await plan.Should().ThrowAsync<EvaluationException>()).Which.Message.Should().Contain("Monitoring 'monitoring'").And.Contain(argument);
    }

    private static Task<StackPlan> PlanOf(MonitoringProfile profile, int days = 90, int gib = 50, bool hasKeys = true) => ProgramPlan.OfAsync(() =>
    {
        Resource node = new Aws.Ec2.Vpc("stands-for-nodes", new Aws.Ec2.VpcArgs { CidrBlock = "10.0.0.0/16" });
        _ = new Monitoring("monitoring", new MonitoringArgs
        {
            AccountId = ProgramPlan.AccountId,
            Region = "eu-central-1",
            ClusterName = "akidb-test",
            ClusterArn = $"arn:aws:eks:eu-central-1:{ProgramPlan.AccountId}:cluster/akidb-test",
            Profile = profile,
            RetentionDays = days,
            StorageGiB = gib,
            HasPagingKeys = hasKeys,
            After = [node],
        });
    });
}
