using System.Collections.Immutable;
using System.Text;
using AkiDb.Infra.Costs.Estimates;
using AkiDb.Infra.Costs.Output;
using AkiDb.Infra.Costs.Prices;

namespace AkiDb.Infra.Costs.Specification;

/// <summary>The specification's cost claims, computed. Each number on the right comes out of the price book when asked for.</summary>
public sealed class CostClaims(PriceBook book)
{
    private readonly CostEstimator _estimator = new(book);

    /// <summary>The claims.</summary>
    public ImmutableArray<CostClaim> All()
    {
        const decimal few = 100_000_000, curve = 661_000_000, most = 1_555_200_000;
        return
        [
            new("W14 Karpenter", "c7g.2xlarge costs $0.136 an hour", 0.136m, book.Find("ec2.onDemand.c7g.2xlarge", "us-east-1")!.FirstUsd, "$0.136 is a c6g.xlarge; Frankfurt and Tokyo cost 14 % and 25 % more"),
            new("W14 Karpenter", "five nodes in three regions, on demand", 1_489.20m, Service(few, "ec2", ("capacity.schedule", "5 c7g.2xlarge 730"), ("capacity.spotPercent", "0")), "the wrong price, and the same in all regions"),
            new("W14 Karpenter", "the scaled schedule on spot", 326.04m, Service(few, "ec2", ("capacity.spotPercent", "100"), ("capacity.fallbackPercent", "5")), "spot saves 53 to 69 % of the real price, not 77 %"),
            new("W14 Karpenter", "the same at the promised 70 % spot", 1_050m, Service(few, "ec2"), "the target is above what its own schedule comes to"),
            new("W14 CloudFront", "50 TB and 100 M requests, price class All", 600m, Service(few, "cloudfront"), "its own sum is $4,745"),
            new("W14 CloudFront", "the same with price class 100", 420m, Service(few, "cloudfront", ("edge.priceClass", "100")), "a price class does not change the price of the US and Europe; $0.060 is the tier above 50 TB"),
            new("W14 CloudFront", "saving of class All to 100", 180m, Service(few, "cloudfront") - Service(few, "cloudfront", ("edge.priceClass", "100")), "10 %, not 30 %; class 100 has no Asia"),
            new("W14 CloudFront", "the one way to $420: flat-rate Business", 420m, Service(few, "cloudfront", ("edge.plan", "business")), "holds 125 M requests and 50 TB"),
            new("W14 Lambda@Edge", "100 M requests", 350m, Service(few, "lambda"), "384 MB and 45 ms; the claim cannot be derived"),
            new("W14 Lambda@Edge", "at the specification's own traffic", 350m, Service(curve, "lambda"), "661 M requests, not 100 M"),
            new("W14 clusters", "three EKS control planes", 0m, Service(few, "eks"), "missing from the specification"),
            new("W14 network", "NAT gateways, load balancers, addresses", 0m, Service(few, "vpc") + Service(few, "elb"), "missing from the specification"),
            new("W14 Route 53", "zone, three checks, queries", 80m, Service(few, "route53"), "checks run every 10 or 30 s; 60 s does not exist"),
            new("W14 Jetson", "power after the saving", 280m, Service(few, "jetson"), "electricity is 2 % of the claim; the saving is $1.69 a month"),
            new("W15 X-Ray", "a million recorded traces", 0.50m, book.Find("xray.recorded", "us-east-1")!.FirstUsd, "$0.50 is the price of retrieving"),
            new("W15 X-Ray", "15.4 % of 1,555 M requests", 50m, Service(most, "xray"), "ten times the claimed price, and no rounding to $50"),
            new("W15 CloudWatch", "1,000 custom metrics", 30m, Service(few, "cloudwatch"), "$0.30 each"),
            new("W15 PagerDuty", "ten seats", 40m, 10 * book.Find("pagerduty.seat", null)!.FirstUsd, "about $21 a seat"),
            new("W14 total", "everything, 100 M requests, class 100", ScenarioTotal.TargetUsd, Total(few, ("edge.priceClass", "100")), "pay as you go, without the $620 for tools that are free"),
            new("W14 total", "the same on flat-rate Business", ScenarioTotal.TargetUsd, Total(few, ("edge.plan", "business")), "the only traffic under which the target holds"),
            new("W14 total", "its own traffic, 661 M, pay as you go", ScenarioTotal.TargetUsd, Total(curve), ""),
            new("W14 total", "661 M, Premium, functions, 1 % traces", ScenarioTotal.TargetUsd, Total(curve, runsLambda: false, ("edge.plan", "premium750M"), ("tracing.percent", "1")), "near, and without S3, alarms, on-call"),
            new("W14 total", "600 QPS all month, 1,555 M, pay as you go", ScenarioTotal.TargetUsd, Total(most), ""),
        ];
    }

    /// <summary>The claims as a Markdown table.</summary>
    public string ToMarkdown()
    {
        var text = new StringBuilder("| where | claim | claimed | computed | |\n|---|---|---:|---:|---|\n");
        foreach (var claim in All())
            text.Append($"| {claim.Where} | {claim.Claim} | {Money(claim.ClaimedUsd)} | {Money(claim.ComputedUsd)} | {claim.Why} |\n");
        return text.ToString();
    }

    private static string Money(decimal usd) => usd is > 0 and < 1 ? FormattableString.Invariant($"${usd:0.###}") : MoneyText.Cents(usd);

    private decimal Service(decimal requests, string service, params (string, string)[] changes) =>
        Estimate(requests, true, changes).Lines.Where(line => line.Service == service).Sum(line => line.MonthlyUsd);

    private decimal Total(decimal requests, params (string, string)[] changes) => Estimate(requests, true, changes).TotalUsd;

    private decimal Total(decimal requests, bool runsLambda, params (string, string)[] changes) => Estimate(requests, runsLambda, changes).TotalUsd;

    private CostEstimate Estimate(decimal requests, bool runsLambda, (string, string)[] changes) =>
        _estimator.Estimate(SpecificationPlan.Create(runsLambda), SpecificationPlan.Usage(requests, changes));
}
