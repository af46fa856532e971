using AkiDb.Infra.Costs.Estimates;
using AkiDb.Infra.Costs.Usage;
using AkiDb.Infra.Plan;
using AkiDb.Infra.Plan.Values;

namespace AkiDb.Infra.Costs.Charges;

/// <summary>CloudFront, pay as you go by geography and tier or on a flat-rate plan, and the web ACL before it.</summary>
internal static class EdgeCharges
{
    public const string DistributionType = "aws:cloudfront/distribution:Distribution";
    private const string PlanType = "aws-native:pricingplanmanager:Subscription";

    public static void Register(ChargeCatalogue catalogue)
    {
        catalogue.Add(DistributionType, Distribution);
        catalogue.AddElsewhere(PlanType, "the plan's fee stands with the distribution");
        catalogue.Add("aws:wafv2/webAcl:WebAcl", WebAcl);
    }

    /// <summary>Whether a behaviour of the distribution runs Lambda@Edge.</summary>
    public static bool RunsLambda(PlannedResource distribution) => Behaviours(distribution).Any(behaviour => !behaviour.At("lambdaFunctionAssociations").Items().IsEmpty);

    /// <summary>How many events of a request run the function, at least one.</summary>
    public static int EventsOf(PlannedResource function, ChargeContext context) => Math.Max(1, context.Plan.OfType(DistributionType)
        .Where(distribution => distribution.Dependencies.Contains(function.Urn.ToString()))
        .SelectMany(Behaviours).SelectMany(behaviour => behaviour.At("lambdaFunctionAssociations").Items())
        .Select(association => association.TextAt("eventType")).Distinct().Count());

    /// <summary>The flat-rate plan that holds: usage's where it says, else the plan's subscription, else none.</summary>
    public static string PricingPlan(ChargeContext context) => context.Usage.Text("edge.plan")
        ?? context.Plan.OfType(PlanType).Select(plan => plan.Text("tier") ?? plan.Text("planTier")).OfType<string>()
            .Select(tier => tier.ToLowerInvariant()).FirstOrDefault(tier => tier is "pro" or "business" or "premium")
        ?? "payAsYouGo";

    /// <summary>The flat-rate plan, where the traffic is known and more than it holds.</summary>
    public static string? OverfullPlan(ChargeContext context) =>
        context.Plan.OfType(DistributionType).Any() && context.Requests is { } requests && PricingPlan(context) is var plan
            && !FlatRatePlans.Holds(plan, requests, context.Usage.Number("edge.egressGb"))
            ? plan
            : null;

    private static IEnumerable<Charge> Distribution(PlannedResource distribution, ChargeContext context)
    {
        var plan = PricingPlan(context);
        var charges = plan == "payAsYouGo" ? PayAsYouGo(distribution, context) : FlatRate(plan, context);
        return charges.Append(Charge.ByUsage("Invalidation paths", "cloudfront.invalidation", context.Usage.Number("edge.invalidationPaths"), "edge.invalidationPaths"));
    }

    private static IEnumerable<Charge> FlatRate(string plan, ChargeContext context)
    {
        yield return new Charge($"Flat-rate plan {plan}", $"cloudfront.plan.{plan}", 1) { Note = FlatRatePlans.Verdict(plan, context.Requests, context.Usage.Number("edge.egressGb")) };
    }

    private static IEnumerable<Charge> PayAsYouGo(PlannedResource distribution, ChargeContext context)
    {
        var usage = context.Usage;
        var priceClass = usage.Text("edge.priceClass") ?? distribution.Text("priceClass")?.Replace("PriceClass_", "", StringComparison.Ordinal) ?? "All";
        foreach (var (geography, share) in ServedFrom(usage, priceClass))
        {
            yield return Charge.ByUsage($"Data out, {geography}", $"cloudfront.out.{geography}", usage.Number("edge.egressGb") * share, "edge.egressGb");
            yield return Charge.ByUsage($"HTTPS requests, {geography}", $"cloudfront.https.{geography}", context.Requests * share, "traffic.requestsPerMonth");
            yield return Charge.ByUsage($"Data to the origin, {geography}", $"cloudfront.origin.{geography}", usage.Number("edge.toOriginGb") * share, "edge.toOriginGb");
        }

        if (Behaviours(distribution).Any(behaviour => !behaviour.At("functionAssociations").Items().IsEmpty))
            yield return Charge.ByUsage("CloudFront Functions", "cloudfront.function", context.RequestsBy("edge.functionPercent"), "edge.functionPercent");
    }

    /// <summary>Where viewers are served from and billed: their own geography where the class holds it, else split evenly between
    /// North America and Europe, except that South America goes to its nearest neighbour.</summary>
    internal static IEnumerable<(string Geography, decimal Share)> ServedFrom(UsageProfile usage, string priceClass)
    {
        var billed = UsageKeys.Geographies.ToDictionary(geography => geography, _ => 0m);
        foreach (var viewers in UsageKeys.Geographies)
        {
            var share = usage.Number($"traffic.geography.{viewers}", viewers == "northAmerica" && usage.Number("traffic.geography.europe") is null ? 100 : 0) / 100;
            if (IsIn(priceClass, viewers))
            {
                billed[viewers] += share;
            }
            else if (viewers == "southAmerica")
            {
                billed["northAmerica"] += share;
            }
            else if (viewers == "australia" && priceClass == "200")
            {
                billed["asiaPacific"] += share;
            }
            else
            {
                billed["northAmerica"] += share / 2;
                billed["europe"] += share / 2;
            }
        }

        return UsageKeys.Geographies.Where(geography => billed[geography] > 0).Select(geography => (geography, billed[geography]));
    }

    // CloudFront developer guide, "Price class": 100 is North America, Europe and Israel; 200 leaves out South America and Oceania.
    private static bool IsIn(string priceClass, string geography) => priceClass switch
    {
        "100" => geography is "northAmerica" or "europe",
        "200" => geography is not ("southAmerica" or "australia"),
        _ => true,
    };

    private static IEnumerable<Charge> WebAcl(PlannedResource acl, ChargeContext context)
    {
        // A flat-rate plan brings the web ACL of its distribution with it; a regional one is billed all the same.
        if (acl.Text("scope") != "REGIONAL" && PricingPlan(context) != "payAsYouGo")
            return [];
        return
        [
            new Charge("Web ACL", "waf.acl", 1),
            new Charge("Rules", "waf.rule", acl.Items("rules").Length),
            Charge.ByUsage("Requests inspected", "waf.request", context.RequestsBy("waf.requestPercent"), "waf.requestPercent"),
        ];
    }

    private static IEnumerable<PlanValue> Behaviours(PlannedResource distribution) =>
        distribution.Items("orderedCacheBehaviors").Concat(distribution.Input("defaultCacheBehavior") is { } behaviour ? [behaviour] : []);
}
