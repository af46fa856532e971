using System.Collections.Immutable;
using AkiDb.Infra.Cli.Environments;
using AkiDb.Infra.Components.Autoscaling;
using AkiDb.Infra.Components.Workloads;
using AkiDb.Infra.Plan;
using AkiDb.Infra.Plan.Offline;
using AkiDb.Infra.Plan.Values;
using AkiDb.TestKit;

namespace AkiDb.Infra.Tests.Components;

/// <summary>What must hold for every workload of every region, seen on the production plan.</summary>
public sealed class WorkloadsTests
{
    [Fact]
    public async Task EveryPod_IsConfinedAsPodSecurityRestrictedAsks()
    {
        foreach (var (workload, pod) in await PodsAsync())
        {
            var security = pod.At("securityContext")!;
            security.At("runAsNonRoot").Should().Be(new BooleanValue(true), workload.Name);
            security.At("seccompProfile.type").Should().Be(new TextValue("RuntimeDefault"), workload.Name);
            foreach (var container in ((ListValue)pod.At("containers")!).Items)
            {
                container.At("securityContext.allowPrivilegeEscalation").Should().Be(new BooleanValue(false), workload.Name);
                container.At("securityContext.readOnlyRootFilesystem").Should().Be(new BooleanValue(true), workload.Name);
                container.At("securityContext.capabilities.drop[0]").Should().Be(new TextValue("ALL"), workload.Name);
            }
        }
    }

    [Fact]
    public async Task EveryPod_RunsAnImageByDigestWithRequestsAndProbes()
    {
        foreach (var (workload, pod) in await PodsAsync())
        {
            var container = pod.At("containers[0]")!;
            ((TextValue)container.At("image")!).Value.Should().MatchRegex("@sha256:[0-9a-f]{64}$", workload.Name);
            container.At("resources.requests.cpu").Should().NotBeNull(workload.Name);
            container.At("resources.limits.memory").Should().NotBeNull(workload.Name);
            foreach (var probe in new[] { "startupProbe", "livenessProbe", "readinessProbe" })
                container.At(probe).Should().NotBeNull($"{workload.Name} {probe}");
            ((NumberValue)pod.At("terminationGracePeriodSeconds")!).Value.Should().BeLessThan(30, workload.Name);
            container.At("lifecycle.preStop.sleep.seconds").Should().NotBeNull(workload.Name);
        }
    }

    [Fact]
    public async Task EveryWorkload_HasABudgetAnAccountAndAPathOfItsOwn()
    {
        var plan = await ProductionPlan.Value;
        foreach (var (workload, pod) in await PodsAsync())
        {
            var app = workload.Text("metadata.name");
            bool Same(PlannedResource other) => other.Region == workload.Region && other.Parent == workload.Parent && other.Text("metadata.name") == app;

            plan.OfType("kubernetes:policy/v1:PodDisruptionBudget").Where(Same).Should().ContainSingle(app);
            plan.OfType("kubernetes:networking.k8s.io/v1:NetworkPolicy").Where(Same).Should().ContainSingle(app);
            plan.OfType("kubernetes:core/v1:ServiceAccount").Where(Same).Should().ContainSingle(app);
            pod.At("serviceAccountName").Should().Be(new TextValue(app));
        }
    }

    [Fact]
    public async Task SpreadPods_SayHowManyDomainsThereAreAndHaveEnoughReplicas()
    {
        var spread = (await PodsAsync()).SelectMany(entry => ((ListValue)entry.Pod.At("topologySpreadConstraints")!).Items
            .Where(constraint => constraint.At("topologyKey") is TextValue { Value: CapacitySpread.Label })
            .Select(constraint => (entry.Workload, Domains: ((NumberValue)constraint.At("minDomains")!).Value))).ToList();

        spread.Select(entry => entry.Workload.Text("metadata.name")).Distinct().Should().BeEquivalentTo("akidb-rest", "akidb-router");
        spread.Should().OnlyContain(entry => entry.Workload.Number("spec.replicas") >= entry.Domains && entry.Domains == 3);
    }

    [Fact]
    public async Task Writer_StandsAtHomeOnlyAndOnDemandOnly()
    {
        var writer = (await ProductionPlan.Value).OfType("kubernetes:apps/v1:StatefulSet").Should()
            .ContainSingle(set => set.Text("metadata.name") == "akidb-writer").Subject;

        writer.Region.Should().Be("us-east-1");
        writer.Number("spec.replicas").Should().Be(1);
        writer.Texts("spec.template.spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms[0].matchExpressions[0].values")
            .Should().Equal("on-demand-1");
        writer.Text("spec.volumeClaimTemplates[0].spec.storageClassName").Should().Be(WorkloadNamespace.StorageClass);
    }

    [Fact]
    public async Task Autoscaler_MaySetTheScaleOfOneDeploymentAndNothingElse()
    {
        var rights = (await ProductionPlan.Value).Only("kubernetes:rbac.authorization.k8s.io/v1:Role", "us-east-1-scaling-rights");

        ((ListValue)rights.Input("rules")!).Items.Select(rule => string.Join(' ',
                Join(rule, "resources"), Join(rule, "verbs"), Join(rule, "resourceNames"))).Should().Equal(
            "deployments/scale get,patch akidb-rest",
            "deployments get akidb-rest",
            "configmaps get,watch predictive-autoscaler",
            "leases get,update,patch predictive-autoscaler",
            "leases create ",
            "events create,patch ");
        // The only rights beyond the namespace: the router lists nodes, to tell spot from on-demand, and logs bear their pod's name.
        (await ProductionPlan.Value).OfType("kubernetes:rbac.authorization.k8s.io/v1:ClusterRole").Select(role =>
                $"{role.Text("metadata.name")}: {string.Join(' ', role.Texts("rules[0].resources").Concat(role.Texts("rules[0].verbs")))}{role.Input("rules[1]")}")
            .Distinct().Should().BeEquivalentTo("akidb:akidb-router: nodes list", "akidb:fluent-bit: pods namespaces get list watch");
    }

    [Fact]
    public async Task Router_Configuration_NamesBothKindsOfNodeAndTheCountersItMayReach()
    {
        var file = (await ProductionPlan.Value).Only("kubernetes:core/v1:ConfigMap", "eu-central-1-router-akidb-router").Text("data[\"router.yaml\"]");

        using var configuration = System.Text.Json.JsonDocument.Parse(file);
        configuration.RootElement.GetProperty("backends").EnumerateArray().Select(backend => backend.GetProperty("kubernetes").GetProperty("capacityType").GetString())
            .Should().Equal("spot", "on-demand");
        configuration.RootElement.GetProperty("cluster").GetString().Should().Be("akidb-prod-eu-central-1");
        configuration.RootElement.GetProperty("redis").GetProperty("url").GetString().Should().Be("redis://akidb-router-counters:6379");
    }

    [Fact]
    public async Task Namespaces_AreRestrictedAndClosedByDefault()
    {
        var plan = await ProductionPlan.Value;

        var spaces = plan.OfType("kubernetes:core/v1:Namespace").ToList();
        spaces.Count(space => space.Text("metadata.name") == "akidb").Should().Be(3);
        spaces.Should().OnlyContain(space => space.Text("metadata.labels[\"pod-security.kubernetes.io/enforce\"]") == "restricted");
        var closed = plan.OfType("kubernetes:networking.k8s.io/v1:NetworkPolicy").Where(policy => policy.Text("metadata.name") == "default-deny").ToList();
        closed.Should().HaveCount(spaces.Count).And.OnlyContain(policy => policy.Input("spec.ingress") == null && policy.Input("spec.egress") == null);
    }

    [Fact]
    public async Task Production_NeverScalesToZeroAndTheOthersDo()
    {
        var staging = await new PlanProvider(new Repository(RepositoryFolder.Root)).EvaluateAsync("staging");

        static IEnumerable<PlannedResource> Schedules(StackPlan plan) =>
            plan.OfType("kubernetes:batch/v1:CronJob").Where(job => job.Parent!.Contains("ScaleToZero", StringComparison.Ordinal));

        Schedules(await ProductionPlan.Value).Should().BeEmpty();
        Schedules(staging).Select(job => (job.Region, job.Text("spec.schedule"))).Should().BeEquivalentTo(
        [
            ("us-east-1", "0 20 * * mon-fri"), ("us-east-1", "0 6 * * mon-fri"),
            ("eu-central-1", "0 20 * * mon-fri"), ("eu-central-1", "0 6 * * mon-fri"),
        ]);
    }

    [Fact]
    public async Task Pods_WithAnIdentity_WaitForItBecauseItIsHandedOutWhenAPodIsMade()
    {
        var plan = await ProductionPlan.Value;
        string[] kinds = ["kubernetes:apps/v1:Deployment", "kubernetes:apps/v1:StatefulSet", "kubernetes:apps/v1:DaemonSet", "kubernetes:batch/v1:CronJob"];
        var associations = plan.OfType("aws:eks/podIdentityAssociation:PodIdentityAssociation")
            .ToDictionary(association => (association.Region, association.Text("namespace"), association.Text("serviceAccount")));
        var pods = plan.Resources.Where(resource => kinds.Contains(resource.Type))
            .Select(resource => (Resource: resource, Key: (resource.Region, resource.Text("metadata.namespace"), AccountOf(resource))))
            .Where(pod => associations.ContainsKey(pod.Key)).ToList();

        pods.Select(pod => pod.Resource.Type).Distinct().Should().BeEquivalentTo(kinds, "each kind of pods has one with an identity");
        pods.Where(pod => !pod.Resource.Dependencies.Contains(associations[pod.Key].Urn.ToString())).Select(pod => pod.Resource.Urn.ToString()).Should().BeEmpty();

        // Charts name the accounts of their pods themselves.
        foreach (var account in new[] { "kube-prometheus-stack-alertmanager", "kube-prometheus-stack-grafana" })
        {
            foreach (var release in plan.OfType("kubernetes:helm.sh/v3:Release").Where(release => release.Text("name") == "kube-prometheus-stack"))
                release.Dependencies.Should().Contain(associations[(release.Region, "monitoring", account)].Urn.ToString(), account);
        }

        static string AccountOf(PlannedResource resource) => resource.TextOf(
            resource.Type.EndsWith("CronJob", StringComparison.Ordinal) ? "spec.jobTemplate.spec.template.spec.serviceAccountName" : "spec.template.spec.serviceAccountName");
    }

    [Fact]
    public async Task Predictor_BeforeTheFirstTraining_MaySeeThatThereIsNoModel()
    {
        var policies = (await ProductionPlan.Value).OfType("aws:iam/policy:Policy").Select(policy => policy.Text("policy")).Where(policy => policy.Contains("ReadForecastModels")).ToList();

        policies.Should().HaveCount(3).And.OnlyContain(policy => policy.Contains("s3:ListBucket") && policy.Contains("""{"StringLike":{"s3:prefix":"forecast/*"}}"""));
    }

    [Fact]
    public async Task Images_WithoutADigest_AreLeftOutOfADeploymentAndSaidSo()
    {
        var deployable = await new PlanProvider(new Repository(RepositoryFolder.Root)).EvaluateAsync("prod", assumeImages: false);

        deployable.OfType("kubernetes:apps/v1:Deployment").Should().BeEmpty();
        deployable.OfType("kubernetes:karpenter.sh/v1:NodePool").Should().HaveCount(6);
        deployable.Notices.Where(notice => notice.Contains("has no digest")).Should().HaveCount(ImageNames.All.Length - 1, "production needs every image but that of its schedules");
        deployable.Notices.Should().HaveCount(ImageNames.All.Length + 1)
            .And.ContainSingle(notice => notice.Contains("boards have no release")).And.ContainSingle(notice => notice.Contains("akidb:edge.warm.keys"));
    }

    [Theory]
    [InlineData("search", "SearchEngine 'w': MinReplicas is '2'; allowed: 3 to 100")]
    [InlineData("store", "SearchEngine 'w': StoreGiB is '5'; allowed: 10 to 1000")]
    [InlineData("router", "Router 'w': Replicas is '1'; allowed: 3 to 100")]
    [InlineData("scaling-min", "PredictiveScaling 'w': MinReplicas is '0'; allowed: 1 to 100")]
    [InlineData("scaling-max", "PredictiveScaling 'w': MaxReplicas is '2'; allowed: 3 to 100")]
    [InlineData("schedule", "ScaleToZero 'w': DownAt is 'at night'; allowed: five cron fields in UTC")]
    public async Task Workload_AFault_IsRefusedWithComponentArgumentValueAndRange(string fault, string expected)
    {
        var plan = () => ProgramPlan.OfAsync(() =>
        {
            _ = fault switch
            {
                "search" => new SearchEngine("w", new SearchEngineArgs { Settings = TestCluster.Settings(), ModelBucket = "b", ModelKeyArn = "k", IsHome = true, MinReplicas = 2 }),
                "store" => new SearchEngine("w", new SearchEngineArgs { Settings = TestCluster.Settings(), ModelBucket = "b", ModelKeyArn = "k", IsHome = true, MinReplicas = 3, StoreGiB = 5 }),
                "router" => new Router("w", new RouterArgs { Settings = TestCluster.Settings(), Replicas = 1 }),
                "scaling-min" => new PredictiveScaling("w", new PredictiveScalingArgs { Settings = TestCluster.Settings(), MinReplicas = 0, MaxReplicas = 2 }),
                "scaling-max" => new PredictiveScaling("w", new PredictiveScalingArgs { Settings = TestCluster.Settings(), MinReplicas = 3, MaxReplicas = 2 }),
                _ => (Pulumi.ComponentResource)new ScaleToZero("w", new ScaleToZeroArgs { Settings = TestCluster.Settings(), DownAt = "at night", UpAt = "0 6 * * *", MinReplicas = 3 }),
            };
        });

        (await plan.Should().ThrowAsync<EvaluationException>()).Which.Message.Should().StartWith(expected);
    }

    private static async Task<IReadOnlyList<(PlannedResource Workload, PlanValue Pod)>> PodsAsync()
    {
        var plan = await ProductionPlan.Value;
        var pods = plan.Resources
            .Where(resource => resource.Type is "kubernetes:apps/v1:Deployment" or "kubernetes:apps/v1:StatefulSet")
            .Select(resource => (resource, resource.Input("spec.template.spec")!)).ToList();
        pods.Should().HaveCountGreaterThan(10);
        return pods;
    }

    private static string Join(PlanValue rule, string key) =>
        rule.At(key) is ListValue list ? string.Join(',', list.Items.Select(item => ((TextValue)item).Value)) : "";
}
