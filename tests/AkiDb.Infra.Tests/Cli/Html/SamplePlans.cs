using AkiDb.Infra.Plan;

namespace AkiDb.Infra.Tests.Cli.Html;

/// <summary>Plans that pictures are drawn of.</summary>
internal static class SamplePlans
{
    /// <summary>What breaks out of markup, attributes, scripts and JSON where one of them is not escaped.</summary>
    public const string Hostile = "</script><script>window.hacked=1</script><img src=x onerror=\"window.hacked=1\">'\"]]>&amp;\u0001";

    /// <summary>An edge, two regions with pools and workloads, queues, and a type that nobody has a picture for.</summary>
    public static StackPlan Grown()
    {
        var plan = new HandMadePlan("grown");
        var functions = new List<string>();
        foreach (var region in new[] { "us-east-1", "eu-central-1" })
            functions.Add(AddRegion(plan, region));
        var edge = plan.AddComponent("akidb:edge:Entrance", "entrance", "us-east-1");
        var guard = plan.Add("aws:lambda/function:Function", "guard", "us-east-1", """{"name": "akidb-guard"}""", edge);
        var firewall = plan.Add("aws:wafv2/webAcl:WebAcl", "firewall", "us-east-1", """{"name": "akidb-firewall"}""", edge);
        var certificate = plan.Add("aws:acm/certificate:Certificate", "certificate", "us-east-1", """{"domainName": "api.example.com"}""", edge);
        var distribution = plan.Add(
            "aws:cloudfront/distribution:Distribution", "distribution", "us-east-1", """{"aliases": ["api.example.com"], "priceClass": "PriceClass_200"}""",
            edge, needs: [guard, firewall, certificate, .. functions]);
        plan.Add("aws:route53/record:Record", "record", "us-east-1", """{"name": "api.example.com"}""", edge, needs: distribution);
        return plan.Build();
    }

    /// <summary>A plan whose every text is <see cref="Hostile"/>.</summary>
    public static StackPlan HostilePlan()
    {
        var plan = new HandMadePlan(Hostile) { Outputs = HandMadePlan.Map($$"""{{{Json(Hostile)}}: {{Json(Hostile)}}}""") };
        plan.Notices.Add(Hostile);
        var component = plan.AddComponent($"akidb:x:{Hostile}", Hostile, Hostile);
        var vpc = plan.Add("aws:ec2/vpc:Vpc", Hostile, Hostile, $$"""{"cidrBlock": {{Json(Hostile)}}}""", component);
        plan.Add("aws:eks/cluster:Cluster", Hostile, Hostile, $$"""{"name": {{Json(Hostile)}}, {{Json(Hostile)}}: {{Json(Hostile)}}}""", component, needs: vpc);
        plan.Add("aws:s3/bucket:Bucket", $"{Hostile}2", Hostile, "{}", component);
        plan.Add($"aws:x/y:{Hostile}", Hostile, null, "{}", component);
        return plan.Build();
    }

    private static string AddRegion(HandMadePlan plan, string region)
    {
        var cell = plan.AddComponent("akidb:cell:Cell", $"{region}-cell", region);
        var vpc = plan.Add("aws:ec2/vpc:Vpc", $"{region}-vpc", region, """{"cidrBlock": "10.0.0.0/16"}""", cell);
        var subnet = plan.Add("aws:ec2/subnet:Subnet", $"{region}-a", region, """{"availabilityZoneId": "az1", "cidrBlock": "10.0.0.0/18"}""", cell, needs: vpc);
        var cluster = plan.Add("aws:eks/cluster:Cluster", $"{region}-cluster", region, $$"""{"name": "akidb-{{region}}", "version": "1.35"}""", cell, needs: subnet);
        var kubernetes = plan.Add("pulumi:providers:kubernetes", $"{region}-kubernetes", region, "{}", cell, needs: cluster);
        plan.Add("aws:eks/nodeGroup:NodeGroup", $"{region}-baseline", region,
            """{"nodeGroupName": "baseline", "capacityType": "ON_DEMAND", "scalingConfig": {"minSize": 3, "maxSize": 10}, "instanceTypes": ["m7g.large"]}""", cell, needs: cluster);
        plan.Add("kubernetes:karpenter.sh/v1:NodePool", $"{region}-spot", region,
            """{"metadata": {"name": "spot"}, "spec": {"limits": {"cpu": 400}, "template": {"spec": {"requirements": [{"key": "karpenter.sh/capacity-type", "operator": "In", "values": ["spot"]}]}}}}""",
            cell, kubernetes);
        plan.Add("kubernetes:helm.sh/v3:Release", $"{region}-karpenter", region, """{"name": "karpenter"}""", cell, kubernetes);
        foreach (var (name, replicas) in new[] { ("akidb-rest", 6), ("akidb-router", 3), ("traffic-predictor", 2) })
            plan.Add("kubernetes:apps/v1:Deployment", $"{region}-{name}", region, $$$"""{"metadata": {"name": "{{{name}}}"}, "spec": {"replicas": {{{replicas}}}}}""", cell, kubernetes);
        plan.Add("kubernetes:apps/v1:StatefulSet", $"{region}-writer", region, """{"metadata": {"name": "akidb-writer"}, "spec": {"replicas": 1}}""", cell, kubernetes);
        plan.Add("kubernetes:policy/v1:PodDisruptionBudget", $"{region}-budget", region, "{}", cell, kubernetes);
        plan.Add("aws:sqs/queue:Queue", $"{region}-interruptions", region, """{"name": "interruptions"}""", cell);
        var warm = plan.Add("aws:lambda/function:Function", $"{region}-warm", region, """{"name": "akidb-warm", "architectures": ["arm64"], "memorySize": 1024}""", cell);
        return plan.Add("aws:lambda/functionUrl:FunctionUrl", $"{region}-warm", region, "{}", cell, needs: warm);
    }

    private static string Json(string text) => System.Text.Json.JsonSerializer.Serialize(text);
}
