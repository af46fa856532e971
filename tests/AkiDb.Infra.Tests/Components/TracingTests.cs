using System.Text.Json;
using AkiDb.Infra.Components.Observability;
using AkiDb.Infra.Plan;
using AkiDb.Infra.Plan.Offline;
using AkiDb.TestKit;

namespace AkiDb.Infra.Tests.Components;

public sealed class TracingTests
{
    // What ADOT's collector 0.49.0 carries of what we use, and each one's documented settings. A misspelt setting stops a collector
    // at its start. READMEs of tail_sampling, loadbalancing and sigv4auth in opentelemetry-collector-contrib read 2026-11 (the one
    // of loadbalancing without return_hostnames, which is newer); the others from memory.
    private static readonly Dictionary<string, string[]> Documented = new()
    {
        ["otlp:receivers"] = ["protocols"],
        ["memory_limiter"] = ["check_interval", "limit_percentage", "spike_limit_percentage"],
        ["resource"] = ["attributes"],
        ["batch"] = ["timeout", "send_batch_size", "send_batch_max_size"],
        ["tail_sampling"] = ["decision_wait", "num_traces", "policies", "decision_cache"],
        ["otlp:exporters"] = ["endpoint", "tls", "sending_queue"],
        ["loadbalancing"] = ["protocol", "resolver", "routing_key"],
        ["otlphttp"] = ["traces_endpoint", "auth", "compression", "sending_queue"],
        ["awsxray"] = ["region", "index_all_attributes"],
        ["sigv4auth"] = ["region", "service"],
        ["health_check"] = ["endpoint"],
    };

    [Theory]
    [InlineData(TraceDestination.XRay)]
    [InlineData(TraceDestination.TransactionSearch)]
    public async Task Collectors_EveryPartOfAPipelineIsDeclaredAndEveryDeclaredPartIsUsed(TraceDestination destination)
    {
        foreach (var (tier, configuration) in Configurations(await PlanOf(destination)))
        {
            var service = configuration.GetProperty("service");
            var pipeline = service.GetProperty("pipelines").GetProperty("traces");
            foreach (var section in new[] { "receivers", "processors", "exporters" })
                Texts(pipeline.GetProperty(section)).Should().BeEquivalentTo(Keys(configuration.GetProperty(section)), $"{tier} {section}");
            Texts(service.GetProperty("extensions")).Should().BeEquivalentTo(Keys(configuration.GetProperty("extensions")), tier);
            Texts(pipeline.GetProperty("processors"))[0].Should().Be("memory_limiter", $"{tier}: what stands before it has taken the memory already");
        }
    }

    [Theory]
    [InlineData(TraceDestination.XRay)]
    [InlineData(TraceDestination.TransactionSearch)]
    public async Task Collectors_EveryPartIsOneThatAdotCarriesWithSettingsThatItDocuments(TraceDestination destination)
    {
        foreach (var (tier, configuration) in Configurations(await PlanOf(destination)))
        {
            foreach (var section in new[] { "receivers", "processors", "exporters", "extensions" })
            {
                foreach (var part in configuration.GetProperty(section).EnumerateObject())
                {
                    var type = part.Name.Split('/')[0];
                    var known = Documented.GetValueOrDefault(type) ?? Documented[$"{type}:{section}"];
                    Keys(part.Value).Should().BeSubsetOf(known, $"{tier} {part.Name}");
                }
            }
        }
    }

    [Fact]
    public async Task Balancer_SortsByTraceOverTheHostNamesOfTheSamplers()
    {
        var balancer = Configurations(await PlanOf(TraceDestination.XRay))["otel-balancer"].GetProperty("exporters").GetProperty("loadbalancing");

        balancer.GetProperty("routing_key").GetString().Should().Be("traceID");
        var resolver = balancer.GetProperty("resolver").GetProperty("k8s");
        resolver.GetProperty("service").GetString().Should().Be("otel-sampler.monitoring");
        resolver.GetProperty("return_hostnames").GetBoolean().Should().BeTrue("an address changes with every restart, and with it every trace's home");
        resolver.GetProperty("ports")[0].GetInt32().Should().Be(4317);
    }

    [Fact]
    public async Task Sampler_KeepsErrorsAndSlowTracesWhollyAndATenthOfTheRest()
    {
        var policies = Configurations(await PlanOf(TraceDestination.XRay))["otel-sampler"].GetProperty("processors").GetProperty("tail_sampling").GetProperty("policies");

        policies.GetRawText().Replace(" ", "", StringComparison.Ordinal).ReplaceLineEndings("").Should().Be(
            """[{"name":"errors","type":"status_code","status_code":{"status_codes":["ERROR"]}},"""
            + """{"name":"slow","type":"latency","latency":{"threshold_ms":100}},"""
            + """{"name":"rest","type":"probabilistic","probabilistic":{"sampling_percentage":10}}]""");
    }

    [Fact]
    public async Task Sampler_WaitsLessLongForAVerdictThanItsPodHasToEnd()
    {
        var plan = await PlanOf(TraceDestination.XRay);
        var wait = Configurations(plan)["otel-sampler"].GetProperty("processors").GetProperty("tail_sampling").GetProperty("decision_wait").GetString()!;

        var sampler = plan.Only("kubernetes:apps/v1:StatefulSet");
        int.Parse(wait.TrimEnd('s'), System.Globalization.CultureInfo.InvariantCulture).Should()
            .BeLessThan((int)sampler.Number("spec.template.spec.terminationGracePeriodSeconds"));
        sampler.Text("spec.serviceName").Should().Be("otel-sampler");
        plan.Only("kubernetes:core/v1:Service", "tracing-otel-sampler").Text("spec.clusterIP").Should().Be("None");
    }

    [Fact]
    public async Task Sampler_ToTransactionSearch_SignsRequestsToTheRegionsOwnEndpoint()
    {
        var sampler = Configurations(await PlanOf(TraceDestination.TransactionSearch))["otel-sampler"];

        var exporter = sampler.GetProperty("exporters").GetProperty("otlphttp/xray");
        exporter.GetProperty("traces_endpoint").GetString().Should().Be("https://xray.eu-central-1.amazonaws.com/v1/traces");
        exporter.GetProperty("auth").GetProperty("authenticator").GetString().Should().Be("sigv4auth");
        sampler.GetProperty("extensions").GetProperty("sigv4auth").GetProperty("service").GetString().Should().Be("xray");
    }

    [Fact]
    public async Task Sampler_MaySendTracesInItsRegionAndNothingElse()
    {
        var policies = (await PlanOf(TraceDestination.XRay)).OfType("aws:iam/policy:Policy").ToList();

        var document = JsonDocument.Parse(policies.Should().ContainSingle().Subject.Text("policy")).RootElement.GetProperty("Statement")[0];
        Texts(document.GetProperty("Action")).Should().Equal("xray:PutTraceSegments");
        document.GetProperty("Condition").GetProperty("StringEquals").GetProperty("aws:RequestedRegion").GetString().Should().Be("eu-central-1");
    }

    [Fact]
    public async Task Agents_AreReachedOnTheirOwnNodeOnly()
    {
        var plan = await PlanOf(TraceDestination.XRay);

        plan.Only("kubernetes:core/v1:Service", "tracing-otel-agent").Text("spec.internalTrafficPolicy").Should().Be("Local");
        plan.Only("kubernetes:networking.k8s.io/v1:NetworkPolicy", "tracing-otel-agent")
            .Text("spec.ingress[1].from[0].namespaceSelector.matchLabels[\"kubernetes.io/metadata.name\"]").Should().Be("akidb");
    }

    [Fact]
    public async Task Destination_ThatIsNone_IsRefusedByName()
    {
        var plan = () => PlanOf(TraceDestination.Off);

        (await plan.Should().ThrowAsync<EvaluationException>()).Which.Message.Should().Contain("Tracing 'tracing'").And.Contain("Destination");
    }

    private static Dictionary<string, JsonElement> Configurations(StackPlan plan) => plan.OfType("kubernetes:core/v1:ConfigMap")
        .ToDictionary(map => map.Text("metadata.name"), map => JsonDocument.Parse(map.Text("data[\"collector.yaml\"]")).RootElement);

    private static List<string> Keys(JsonElement value) => [.. value.EnumerateObject().Select(property => property.Name)];

    private static List<string> Texts(JsonElement value) =>
        value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray().Select(item => item.GetString()!)] : [value.GetString()!];

    private static Task<StackPlan> PlanOf(TraceDestination destination) => ProgramPlan.OfAsync(() => _ = new Tracing("tracing", new TracingArgs
    {
        Settings = TestCluster.Settings("eu-central-1"),
        Environment = "test",
        Destination = destination,
    }));
}
