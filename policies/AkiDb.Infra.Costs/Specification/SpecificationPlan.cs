using System.Collections.Immutable;
using AkiDb.Infra.Costs.Usage;
using AkiDb.Infra.Plan;
using AkiDb.Infra.Plan.Values;

namespace AkiDb.Infra.Costs.Specification;

/// <summary>
/// The cloud that the specification's week 14 describes in its own words, as a plan: what its cost claims are compared with.
/// Three clusters, one NAT gateway and one load balancer each, five 50 GB volumes each, 12 public addresses, one distribution
/// with an edge function of 384 MB, one zone with three fast HTTPS health checks, traces in X-Ray, and the Jetson boards.
/// </summary>
public static class SpecificationPlan
{
    private const string Stack = "specification";

    /// <summary>The specification's schedule: five nodes for 9 hours on 22 days, else two smaller ones.</summary>
    public const string NodeSchedule = "5 c7g.2xlarge 198, 2 c7g.xlarge 532";

    private static readonly ImmutableArray<string> Regions = ["us-east-1", "eu-central-1", "ap-northeast-1"];

    /// <summary>The plan.</summary>
    /// <param name="runsLambdaAtEdge">False for the cheaper variant that runs a CloudFront function only.</param>
    public static StackPlan Create(bool runsLambdaAtEdge = true)
    {
        var resources = new List<PlannedResource>();
        foreach (var region in Regions)
        {
            resources.Add(Resource("aws:eks/cluster:Cluster", $"{region}-cluster", region));
            resources.Add(Resource("aws:ec2/natGateway:NatGateway", $"{region}-nat", region));
            resources.Add(Resource("aws:lb/loadBalancer:LoadBalancer", $"{region}-alb", region, ("loadBalancerType", Text("application"))));
            resources.Add(Resource("aws:ebs/volume:Volume", $"{region}-volumes", region, ("type", Text("gp3")), ("size", new NumberValue(250))));
            resources.AddRange(Enumerable.Range(1, 4).Select(address => Resource("aws:ec2/eip:Eip", $"{region}-address-{address}", region)));
        }

        resources.Add(Resource("aws:xray/samplingRule:SamplingRule", "traces", "us-east-1"));
        resources.Add(Resource("akidb:fleet:JetsonFleet", "jetson", null) with { IsCustom = false });
        resources.Add(Resource("aws:route53/zone:Zone", "zone", null));
        resources.AddRange(Regions.Select(region => Resource("aws:route53/healthCheck:HealthCheck", $"{region}-check", null,
            ("type", Text("HTTPS")), ("requestInterval", new NumberValue(10)), ("fqdn", Text($"{region}.elb.amazonaws.com")))));
        var function = Resource("aws:lambda/function:Function", "edge", "us-east-1", ("memorySize", new NumberValue(384)));
        resources.Add(function);
        resources.Add(Resource("aws:cloudfront/distribution:Distribution", "edge", null,
            ("priceClass", Text("PriceClass_All")),
            ("defaultCacheBehavior", Map(runsLambdaAtEdge
                ? ("lambdaFunctionAssociations", new ListValue([Map(("eventType", Text("origin-request")))]))
                : ("functionAssociations", new ListValue([Map(("eventType", Text("viewer-request")))]))))) with
        {
            Dependencies = runsLambdaAtEdge ? [function.Urn.ToString()] : [],
        });
        if (!runsLambdaAtEdge)
            resources.Remove(function);
        return new StackPlan { Project = "akidb", Stack = Stack, Source = PlanSource.OfflineEvaluation, Resources = [.. resources] };
    }

    /// <summary>The specification's own inputs.</summary>
    /// <param name="requestsPerMonth">One of its four volumes.</param>
    /// <param name="changes">What a variant changes.</param>
    public static UsageProfile Usage(decimal requestsPerMonth, params (string Key, string Value)[] changes)
    {
        var values = new Dictionary<string, string>
        {
            ["traffic.requestsPerMonth"] = requestsPerMonth.ToString(System.Globalization.CultureInfo.InvariantCulture),
            ["traffic.geography.northAmerica"] = "45",
            ["traffic.geography.europe"] = "30",
            ["traffic.geography.asiaPacific"] = "18",
            ["traffic.geography.india"] = "4",
            ["traffic.geography.southAmerica"] = "2",
            ["traffic.geography.middleEastAfrica"] = "1",
            ["edge.egressGb"] = "50000",
            ["edge.lambdaPercent"] = "100",
            ["edge.lambdaMilliseconds"] = "45",
            ["edge.functionPercent"] = "100",
            ["capacity.schedule"] = NodeSchedule,
            ["capacity.spotPercent"] = "70",
            ["nat.gbPerRegion"] = "100",
            ["loadBalancers.capacityUnits"] = "1",
            ["dns.queries"] = "10000000",
            ["metrics.custom"] = "1000",
            ["tracing.percent"] = "15.4",
            ["operations.jetsonKwh"] = "42.75",
            ["operations.costExplorerRequests"] = "120",
        };
        foreach (var (key, value) in changes)
            values[key] = value;
        return UsageProfile.Of("specification", values, "the specification's usage");
    }

    private static PlannedResource Resource(string type, string name, string? region, params (string Key, PlanValue Value)[] inputs) => new()
    {
        Urn = ResourceUrn.Root(Stack, "akidb").Child(type, name),
        IsCustom = true,
        Region = region,
        Inputs = Map(inputs),
    };

    private static TextValue Text(string text) => new(text);

    private static MapValue Map(params (string Key, PlanValue Value)[] entries) =>
        MapValue.From(entries.Select(entry => KeyValuePair.Create(entry.Key, entry.Value)));
}
